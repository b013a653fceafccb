<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CameraColumn</name>
    <message>
        <source>手动拍照</source>
        <translation>Take photo</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>正在识读</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>看大图</source>
        <translation>Enlarge</translation>
    </message>
    <message>
        <source>还没有拍到材料</source>
        <translation>No paper taken yet</translation>
    </message>
    <message>
        <source>没有画面：请检查摄像头插头。已核的内容都在。</source>
        <translation>No picture: please check the camera plug. Everything checked so far is safe.</translation>
    </message>
    <message>
        <source>正在识读刚拍的一页，可以接着放下一份</source>
        <translation>Reading the last page; you may lay down the next</translation>
    </message>
    <message>
        <source>刚拍的一页</source>
        <translation>The page just taken</translation>
    </message>
</context>
<context>
    <name>CandidatesPage</name>
    <message>
        <source>查到的申请</source>
        <translation>Applications found</translation>
    </message>
    <message>
        <source>打开这一家</source>
        <translation>Open this family</translation>
    </message>
    <message>
        <source>请与家长核对姓名和申请号后再打开。上下键选择，Enter 打开，Esc 重新查找。</source>
        <translation>Check name and application number with the parent first. Arrow keys choose, Enter opens, Esc searches again.</translation>
    </message>
    <message>
        <source>“{query}”查到 {count} 份申请，请选一份</source>
        <translation>“{query}”: {count} applications found, please choose one</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>材料清单</source>
        <translation>Checklist</translation>
    </message>
</context>
<context>
    <name>ComparisonModel</name>
    <message>
        <source>项目</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>网上填报</source>
        <translation>Declared</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>识读</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
</context>
<context>
    <name>ComparisonPanel</name>
    <message>
        <source>重拍这份</source>
        <translation>Retake</translation>
    </message>
    <message>
        <source>比对</source>
        <translation>Comparison</translation>
    </message>
    <message>
        <source>放上一份材料，比对结果会显示在这里</source>
        <translation>Lay down a paper; the comparison appears here</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>逐项比对</source>
        <translation>Comparison by field</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>确认并打印</source>
        <translation>Confirm and print</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>将要印出的原因</source>
        <translation>Reasons that will be printed</translation>
    </message>
    <message>
        <source>补验日可以补</source>
        <translation>can be cured on the supplementary day</translation>
    </message>
    <message>
        <source>今年不能再补</source>
        <translation>cannot be cured this year</translation>
    </message>
    <message>
        <source>给 {child} 出回执？</source>
        <translation>Issue the receipt for {child}?</translation>
    </message>
    <message>
        <source>退回 {child} 的材料？</source>
        <translation>Return the papers of {child}?</translation>
    </message>
    <message>
        <source>把 {child} 转待区核定？</source>
        <translation>Refer {child} to the district?</translation>
    </message>
    <message>
        <source>将打印《验核材料回执》，列出 {count} 项材料的验核结果。原件请全部交还家长。</source>
        <translation>A receipt listing {count} materials will be printed. Please hand all originals back.</translation>
    </message>
    <message>
        <source>将打印《退回单》，写明下面 {count} 条原因。原件请全部交还家长。</source>
        <translation>A return slip with the {count} reasons below will be printed. Please hand all originals back.</translation>
    </message>
    <message>
        <source>将打印《待区核定单》，写明须由区里核定的事项。原件请全部交还家长。</source>
        <translation>A referral slip saying what the district must decide will be printed. Please hand all originals back.</translation>
    </message>
</context>
<context>
    <name>DecidedPage</name>
    <message>
        <source>重印</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>材料已退回</source>
        <translation>Papers returned</translation>
    </message>
    <message>
        <source>已转待区核定</source>
        <translation>Referred to the district</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>交还 {count} 份原件</source>
        <translation>Hand back {count} originals</translation>
    </message>
    <message>
        <source>还没有打印</source>
        <translation>Not printed yet</translation>
    </message>
    <message>
        <source>编号 {number}</source>
        <translation>No. {number}</translation>
    </message>
    <message>
        <source>已存为 {path}</source>
        <translation>Saved as {path}</translation>
    </message>
    <message>
        <source>请与家长当面点清，再按 F5 叫下一个家庭。</source>
        <translation>Count them with the parent, then press F5 for the next family.</translation>
    </message>
    <message>
        <source>材料齐全，已验核</source>
        <translation>Complete and verified</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>下一步</source>
        <translation>Next step</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>暂存</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>退回并注明原因</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>待区核定</source>
        <translation>Refer</translation>
    </message>
    <message>
        <source>出回执</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>下一个家庭</source>
        <translation>Next family</translation>
    </message>
    <message>
        <source>可以请下一个家庭了</source>
        <translation>Ready for the next family</translation>
    </message>
    <message>
        <source>下一步：{step}</source>
        <translation>Next step: {step}</translation>
    </message>
    <message>
        <source>与家长核对后，选一份申请打开</source>
        <translation>Check with the parent, then choose and open one application</translation>
    </message>
    <message>
        <source>还差：{items}</source>
        <translation>Still to come: {items}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>申请号 / 扫码 / 证件号 / 姓名 / 拼音首字母</source>
        <translation>Application no. / scan / ID no. / name / initials</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>网络</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>识读</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>验核台</source>
        <translation>Yanhe desk</translation>
    </message>
    <message>
        <source>今日 {seen}/{expected} 已验</source>
        <translation>Today {seen}/{expected}</translation>
    </message>
    <message>
        <source>· 待上传 {events} 条 {images} 图</source>
        <translation>· To send: {events}, {images} images</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>验核台</source>
        <translation>Yanhe desk</translation>
    </message>
    <message>
        <source>“{field}”哪里不一致？</source>
        <translation>How does “{field}” differ?</translation>
    </message>
    <message>
        <source>机器认为“{field}”不一致。您认为一致，是因为：</source>
        <translation>The machine says “{field}” differs. You say it agrees, because:</translation>
    </message>
</context>
<context>
    <name>Meanings</name>
    <message>
        <source>待出示</source>
        <translation>awaited</translation>
    </message>
    <message>
        <source>还缺页</source>
        <translation>pages missing</translation>
    </message>
    <message>
        <source>请看图</source>
        <translation>look</translation>
    </message>
    <message>
        <source>已验原件</source>
        <translation>verified</translation>
    </message>
    <message>
        <source>人工确认</source>
        <translation>confirmed</translation>
    </message>
    <message>
        <source>免交</source>
        <translation>waived</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>缺</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>一致</source>
        <translation>agrees</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>differs</translation>
    </message>
    <message>
        <source>人工一致</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>人工不符</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>看不清</source>
        <translation>unclear</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>fine</translation>
    </message>
    <message>
        <source>正忙</source>
        <translation>busy</translation>
    </message>
    <message>
        <source>请留意</source>
        <translation>attention</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>fault</translation>
    </message>
    <message>
        <source>未启用</source>
        <translation>off</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>请注意</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>出错了</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>出回执</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>退回并注明原因</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>待区核定</source>
        <translation>Refer</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>{title}的照片</source>
        <translation>Photograph of {title}</translation>
    </message>
</context>
<context>
    <name>PracticeBar</name>
    <message>
        <source>练习模式</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>练习家庭</source>
        <translation>Training family</translation>
    </message>
    <message>
        <source>出示二维码</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>拿走</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>自动演示</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>可以放下的材料</source>
        <translation>Papers to lay down</translation>
    </message>
    <message>
        <source>放到练习桌上</source>
        <translation>Lay on the training desk</translation>
    </message>
    <message>
        <source>这一家没有可放的材料</source>
        <translation>This family has no papers</translation>
    </message>
    <message>
        <source>停止演示</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>虚构家庭，不作数</source>
        <translation>fictitious, does not count</translation>
    </message>
</context>
<context>
    <name>PreviewWidget</name>
    <message>
        <source>摄像头画面</source>
        <translation>Camera picture</translation>
    </message>
    <message>
        <source>没有摄像头画面</source>
        <translation>No camera picture</translation>
    </message>
</context>
<context>
    <name>ReasonPicker</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>RowCard</name>
    <message>
        <source>一致</source>
        <translation>agrees</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>differs</translation>
    </message>
    <message>
        <source>看不清</source>
        <translation>unclear</translation>
    </message>
    <message>
        <source>网上填报</source>
        <translation>Declared</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>识读</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>没有读出文字</source>
        <translation>nothing read</translation>
    </message>
    <message>
        <source>没有截图，请看纸面</source>
        <translation>No picture, please look at the paper</translation>
    </message>
    <message>
        <source>原件截图</source>
        <translation>Piece of the original</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>也可以输入申请号、姓名或拼音首字母，按 Enter</source>
        <translation>Or type application number, name or initials and press Enter</translation>
    </message>
    <message>
        <source>把二维码放到摄像头下，或用扫码枪扫，会自动打开这一家的申请。</source>
        <translation>Under the camera or with a hand scanner the code opens the family&apos;s application by itself.</translation>
    </message>
    <message>
        <source>把二维码放到摄像头下</source>
        <translation>Hold the code under the camera</translation>
    </message>
    <message>
        <source>请家长出示申请表或取号单上的二维码</source>
        <translation>Ask for the code on the form or the queue slip</translation>
    </message>
</context>
<context>
    <name>_QuestionRow</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>{question} 已答：{answer}</source>
        <translation>{question} Answered: {answer}</translation>
    </message>
    <message>
        <source>改为{answer}</source>
        <translation>Change to {answer}</translation>
    </message>
</context>
</TS>

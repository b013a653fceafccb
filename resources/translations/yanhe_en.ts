<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Announcer</name>
    <message>
        <source>{field}，网上填报 {declared}，原件 {read}，{verdict}</source>
        <translation>{field}: online form {declared}, original {read}, {verdict}</translation>
    </message>
    <message>
        <source>没有填</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>没有读出文字</source>
        <translation>nothing read</translation>
    </message>
    <message>
        <source>拍好了</source>
        <translation>Captured</translation>
    </message>
    <message>
        <source>单子好了：{state}</source>
        <translation>The paper is done: {state}</translation>
    </message>
</context>
<context>
    <name>BreakPanel</name>
    <message>
        <source>弄坏设备（练习）</source>
        <translation>Break devices (practice)</translation>
    </message>
    <message>
        <source>只弄坏练习用的设备；窗口里看到的、能做的，和真的一样。</source>
        <translation>Only the practice devices break; what you see and can do is as in earnest.</translation>
    </message>
    <message>
        <source>全部修好</source>
        <translation>Mend everything</translation>
    </message>
</context>
<context>
    <name>CameraChooser</name>
    <message>
        <source>哪一个摄像头对着桌面？</source>
        <translation>Which camera looks at the table?</translation>
    </message>
    <message>
        <source>系统没有报告别的摄像头。插上以后会出现在这里。</source>
        <translation>The system knows no other camera. One that is plugged in appears here.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>正在看……</source>
        <translation>Looking…</translation>
    </message>
</context>
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
        <source>正在识读刚拍的一页，可以接着放下一份</source>
        <translation>Reading the last page; you may lay down the next</translation>
    </message>
    <message>
        <source>刚拍的一页</source>
        <translation>The page just taken</translation>
    </message>
    <message>
        <source>处理摄像头</source>
        <translation>See to the camera</translation>
    </message>
    <message>
        <source>正在等摄像头的画面</source>
        <translation>Waiting for the camera&apos;s picture</translation>
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
    <name>CheckDialog</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Findings</translation>
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
    <message>
        <source>请再出示一次</source>
        <translation>Show it once more</translation>
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
    <name>ConflictsDialog</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>没有两桌结论不一的家庭。</source>
        <translation>No family has been decided differently by two desks.</translation>
    </message>
    <message>
        <source>两桌结论不一：{count} 家待处理</source>
        <translation>Two desks differ: {count} to settle</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>To settle</translation>
    </message>
    <message>
        <source>等平台确认</source>
        <translation>Waiting for the platform</translation>
    </message>
    <message>
        <source>已处理</source>
        <translation>Settled</translation>
    </message>
    <message>
        <source>现以这份为准</source>
        <translation>This one stands</translation>
    </message>
    <message>
        <source>先到平台，暂以这份为准</source>
        <translation>Came first, stands for now</translation>
    </message>
    <message>
        <source>不再有效</source>
        <translation>No longer holds</translation>
    </message>
    <message>
        <source>另一份</source>
        <translation>The other one</translation>
    </message>
    <message>
        <source>{desk}（本桌）</source>
        <translation>{desk} (this desk)</translation>
    </message>
    <message>
        <source>以这份为准</source>
        <translation>Let this one stand</translation>
    </message>
    <message>
        <source>以{desk}的结论为准 {number}</source>
        <translation>Let the decision of {desk} stand {number}</translation>
    </message>
    <message>
        <source>重印 {number}</source>
        <translation>Print {number} again</translation>
    </message>
    <message>
        <source>以{desk}的“{outcome}”为准，另一份不再有效。处理只做一次，因为：</source>
        <translation>The decision of {desk} stands ({outcome}), the other no longer holds. This is settled once, because:</translation>
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
    <message>
        <source>还有{child}没有办完</source>
        <translation>{child} is still to be served</translation>
    </message>
    <message>
        <source>原件先留在桌上，全家办完一起交还。按 F5 接着办。</source>
        <translation>Keep the originals on the table; they go back together. F5 goes on.</translation>
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
    <message>
        <source>下一个孩子</source>
        <translation>Next child</translation>
    </message>
    <message>
        <source>选一家打开，或按 Esc 返回</source>
        <translation>Choose a family to open, or Esc to go back</translation>
    </message>
    <message>
        <source>再查一次，或选一种情况告诉家长</source>
        <translation>Look once more, or choose what to tell the parent</translation>
    </message>
</context>
<context>
    <name>DeskWindows</name>
    <message>
        <source>请口头告知家长：只看清单上的原件，照片只用于核对，原件当场还。说过后按 Ctrl+I</source>
        <translation>Tell the family: listed originals only, photographs for this check only, originals back at once. Then press Ctrl+I</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>换摄像头</source>
        <translation>Other camera</translation>
    </message>
    <message>
        <source>先不用它</source>
        <translation>Go on without</translation>
    </message>
    <message>
        <source>{time} 起</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>DisplayDialog</name>
    <message>
        <source>显示与声音</source>
        <translation>Display and sound</translation>
    </message>
    <message>
        <source>开</source>
        <translation>On</translation>
    </message>
    <message>
        <source>关</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>本机语言</source>
        <translation>Language of this desk</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>动画</source>
        <translation>Motion</translation>
    </message>
    <message>
        <source>提示音</source>
        <translation>Sounds</translation>
    </message>
    <message>
        <source>家长屏</source>
        <translation>Family&apos;s screen</translation>
    </message>
    <message>
        <source>第二块屏幕</source>
        <translation>Second screen</translation>
    </message>
    <message>
        <source>本屏上方一条</source>
        <translation>Strip on this one</translation>
    </message>
    <message>
        <source>本屏一角</source>
        <translation>Corner of this one</translation>
    </message>
    <message>
        <source>不用</source>
        <translation>None</translation>
    </message>
    <message>
        <source>家长屏开始时的语言</source>
        <translation>Language each family begins with</translation>
    </message>
    <message>
        <source>试听</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>这台电脑没有能放声音的程序</source>
        <translation>Nothing on this computer can play sounds</translation>
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
    <message>
        <source>磁盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>· 待打印 {count}</source>
        <translation>· to print {count}</translation>
    </message>
</context>
<context>
    <name>HeaderTools</name>
    <message>
        <source>家长屏的语言</source>
        <translation>Language of the family&apos;s screen</translation>
    </message>
    <message>
        <source>显示与声音</source>
        <translation>Display and sound</translation>
    </message>
</context>
<context>
    <name>HoldDialog</name>
    <message>
        <source>暂存 {child}：为什么？</source>
        <translation>Put {child} on hold: why?</translation>
    </message>
    <message>
        <source>做过的都留着，原件请全部交还家长。回来时接着办。</source>
        <translation>Everything done is kept. Hand all originals back; go on when they return.</translation>
    </message>
    <message>
        <source>补充一句（不写姓名和证件号），按 Enter</source>
        <translation>One more sentence (no names or numbers), then Enter</translation>
    </message>
    <message>
        <source>补充说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>几个孩子一起暂存（按 A 更改）</source>
        <translation>All children together (A changes it)</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>ItPage</name>
    <message>
        <source>以信息老师身份登录：可以看设备、改设备设置、做自检，不能打开家庭。要办理，请验核员按 Ctrl+L 登录。</source>
        <translation>Signed in as IT: devices, their settings and the self-test, but no families. To serve a family, a verifier presses Ctrl+L and signs in.</translation>
    </message>
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
        <translation>Reader</translation>
    </message>
    <message>
        <source>{name} · 设备与自检</source>
        <translation>{name} · devices and self-test</translation>
    </message>
    <message>
        <source>待上传：{events} 条记录，{images} 张图</source>
        <translation>Waiting to be sent: {events} records, {images} pictures</translation>
    </message>
    <message>
        <source>设备状态与开工检查</source>
        <translation>Devices and morning check</translation>
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
    <message>
        <source>暂存</source>
        <translation>On hold</translation>
    </message>
    <message>
        <source>正在办</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>已退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已出回执</source>
        <translation>Receipt</translation>
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
    <name>OverridesDialog</name>
    <message>
        <source>今日改判：{count} 处</source>
        <translation>Overrides today: {count}</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>今天在这张桌上没有人改判机器的“不一致”。</source>
        <translation>Nobody has overruled a mismatch at this desk today.</translation>
    </message>
    <message>
        <source>{staff} 与 {second}</source>
        <translation>{staff} with {second}</translation>
    </message>
    <message>
        <source>（已撤销）</source>
        <translation> (taken back)</translation>
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
    <name>PeopleBar</name>
    <message>
        <source>今日改判</source>
        <translation>Overrides</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>两桌不一 {count}</source>
        <translation>Desks differ {count}</translation>
    </message>
    <message>
        <source>改密码</source>
        <translation>Change PIN</translation>
    </message>
</context>
<context>
    <name>PinAnswer</name>
    <message>
        <source>{said}（还有 {time}）</source>
        <translation>{said} ({time} left)</translation>
    </message>
</context>
<context>
    <name>PinChangeDialog</name>
    <message>
        <source>改密码</source>
        <translation>Change PIN</translation>
    </message>
    <message>
        <source>原来的密码</source>
        <translation>Old PIN</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>新密码再输一次</source>
        <translation>New PIN once more</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>6 到 12 位数字。不要用 123456、111111 这样的，也不要含自己的编号。</source>
        <translation>6 to 12 digits. Not like 123456 or 111111, and not with your own number in it.</translation>
    </message>
    <message>
        <source>改好后在本桌马上生效，不联网也一样；其他桌联网更新后生效。</source>
        <translation>It holds at this desk at once, without a network too; at the others after their next update.</translation>
    </message>
    <message>
        <source>两次输入的新密码不一样，请再输一次</source>
        <translation>The two new PINs differ. Type them once more</translation>
    </message>
</context>
<context>
    <name>PinForm</name>
    <message>
        <source>编号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>删去一位</source>
        <translation>Delete one digit</translation>
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
    <message>
        <source>导览</source>
        <translation>Tour</translation>
    </message>
    <message>
        <source>弄坏设备</source>
        <translation>Break devices</translation>
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
    <name>PrinterDialog</name>
    <message>
        <source>打印设置</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>存成 PDF 文件，不打印</source>
        <translation>Save PDF files, do not print</translation>
    </message>
    <message>
        <source>先不打印，都留在“待打印”里</source>
        <translation>Do not print now; keep all papers for later</translation>
    </message>
    <message>
        <source>小票打印机，地址：</source>
        <translation>Receipt printer at:</translation>
    </message>
    <message>
        <source>小票打印机的地址</source>
        <translation>Address of the receipt printer</translation>
    </message>
    <message>
        <source>按打印机</source>
        <translation>As the printer needs</translation>
    </message>
    <message>
        <source>A4（两联并排）</source>
        <translation>A4 (two copies)</translation>
    </message>
    <message>
        <source>A5（一联一张）</source>
        <translation>A5 (one a sheet)</translation>
    </message>
    <message>
        <source>80 毫米纸卷</source>
        <translation>80 mm roll</translation>
    </message>
    <message>
        <source>58 毫米纸卷</source>
        <translation>58 mm roll</translation>
    </message>
    <message>
        <source>纸</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>打印测试页</source>
        <translation>Test page</translation>
    </message>
    <message>
        <source>就用它</source>
        <translation>Use it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>系统里没有别的打印机。新打印机先在系统里添加。</source>
        <translation>The system has no other printer. Add new ones in the system first.</translation>
    </message>
</context>
<context>
    <name>PrintingTools</name>
    <message>
        <source>日结</source>
        <translation>Tally</translation>
    </message>
    <message>
        <source>打印设置</source>
        <translation>Printing</translation>
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
    <name>SecondPersonDialog</name>
    <message>
        <source>请{who}确认</source>
        <translation>Please let {who} confirm</translation>
    </message>
    <message>
        <source>须由另一个人输入自己的编号和密码，会写进记录。</source>
        <translation>Another person types their own number and PIN; it is written into the record.</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>SiblingTabs</name>
    <message>
        <source>这个家庭的孩子</source>
        <translation>The children of this family</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>练习模式：这里的一切都不作数</source>
        <translation>Training: nothing here counts</translation>
    </message>
    <message>
        <source>按 F1–F9 或 ↑ ↓ 选人，也可以直接输入编号；再输入密码，按 Enter。</source>
        <translation>F1–F9 or ↑ ↓ choose a person, or type the number; then the PIN and Enter.</translation>
    </message>
    <message>
        <source>谁来登录</source>
        <translation>Who signs in</translation>
    </message>
    <message>
        <source>已锁屏</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>本桌已停用</source>
        <translation>This desk is revoked</translation>
    </message>
    <message>
        <source>请登录</source>
        <translation>Please sign in</translation>
    </message>
    <message>
        <source>还没有上传的 {events} 条记录和 {images} 张图都保留在本机，没有丢失。</source>
        <translation>The {events} records and {images} pictures not yet sent are kept on this machine; nothing is lost. </translation>
    </message>
    <message>
        <source>区里已撤销这张验核桌，不能再打开任何家庭。{waiting}请联系区平台管理员。</source>
        <translation>The district has revoked this desk; no family can be opened any more. {waiting}Please call the platform&apos;s administrator.</translation>
    </message>
    <message>
        <source>有一个家庭正在办理，资料已遮住；登录后回到原处。</source>
        <translation>A family is being served; its data are covered. Sign in to go on where it was. </translation>
    </message>
    <message>
        <source>本机还没有收到人员名单，不能要求密码。</source>
        <translation>This machine has no list of people yet, so it cannot ask for a PIN.</translation>
    </message>
</context>
<context>
    <name>StatusDialog</name>
    <message>
        <source>设备状态</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>开工检查</source>
        <translation>Morning check</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>请先办完手上这一家</source>
        <translation>Finish the present family first</translation>
    </message>
</context>
<context>
    <name>TallyDialog</name>
    <message>
        <source>日结</source>
        <translation>Day&apos;s tally</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Day after</translation>
    </message>
    <message>
        <source>打印日结单</source>
        <translation>Print the tally</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>打字筛选：申请号、姓名或拼音首字母</source>
        <translation>Type to filter: number, name or pinyin initials</translation>
    </message>
    <message>
        <source>筛选今日名单</source>
        <translation>Filter today&apos;s list</translation>
    </message>
    <message>
        <source>今日名单</source>
        <translation>Today&apos;s list</translation>
    </message>
    <message>
        <source>打开这一家</source>
        <translation>Open this family</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>上下键选择，Enter 打开或接着办</source>
        <translation>Arrows choose, Enter opens or goes on</translation>
    </message>
    <message>
        <source>，没有申请的 {count} 人</source>
        <translation>, {count} without an application</translation>
    </message>
    <message>
        <source>今日 {count} 家{walk_ins}</source>
        <translation>Today: {count} cases{walk_ins}</translation>
    </message>
    <message>
        <source>今天还没有办过。</source>
        <translation>Nobody has been served today yet.</translation>
    </message>
    <message>
        <source>今天没有。按 Enter 在本校全部申请里查</source>
        <translation>Not today. Enter searches all of this school&apos;s applications</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
</context>
<context>
    <name>TourStrip</name>
    <message>
        <source>跳过这一步</source>
        <translation>Skip this step</translation>
    </message>
    <message>
        <source>离开导览</source>
        <translation>Leave the tour</translation>
    </message>
    <message>
        <source>开始导览</source>
        <translation>Start the tour</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>No, thanks</translation>
    </message>
    <message>
        <source>导览第 {number} 步，共 {total} 步：{name}</source>
        <translation>Tour, step {number} of {total}: {name}</translation>
    </message>
    <message>
        <source>第一次来？</source>
        <translation>First time here?</translation>
    </message>
    <message>
        <source>五分钟导览：跟着做一遍，一家人从头到尾。随时可以离开，回来接着做。</source>
        <translation>A tour of five minutes: one family from beginning to end, done by you. Leave whenever you like and go on later.</translation>
    </message>
</context>
<context>
    <name>TourWords</name>
    <message>
        <source>找到申请</source>
        <translation>Find the application</translation>
    </message>
    <message>
        <source>放下原件</source>
        <translation>Lay an original down</translation>
    </message>
    <message>
        <source>只看停下来的</source>
        <translation>Look only at what stops</translation>
    </message>
    <message>
        <source>真的不一样</source>
        <translation>It really differs</translation>
    </message>
    <message>
        <source>按错了</source>
        <translation>A wrong key</translation>
    </message>
    <message>
        <source>先让一让</source>
        <translation>Let them step aside</translation>
    </message>
    <message>
        <source>回来接着办</source>
        <translation>Go on with them</translation>
    </message>
    <message>
        <source>放完其余的</source>
        <translation>The other papers</translation>
    </message>
    <message>
        <source>它问一句话</source>
        <translation>A question</translation>
    </message>
    <message>
        <source>决定</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>交还，下一家</source>
        <translation>Hand back, next</translation>
    </message>
    <message>
        <source>点上面紫条里的“出示二维码”：家长的码到了镜头下，申请自己打开。没带码就打姓名或申请号，按 Enter。</source>
        <translation>Press “Show code” in the purple bar: the family&apos;s code comes under the camera and the application opens. Without a code, type the name or number and press Enter.</translation>
    </message>
    <message>
        <source>在紫条里点一份原件，看它滑到镜头下。画面变绿就是拍好了，不必等它读完，可以放下一份。</source>
        <translation>Press a paper in the purple bar and watch it slide under the camera. Green means it is taken; you need not wait for the reading before the next one.</translation>
    </message>
    <message>
        <source>一致的它自己过。把紫条往右拨，放“不动产权证书”：有一行会停下来等您看。</source>
        <translation>What agrees passes by itself. Scroll the purple bar to the right and lay the property title (不动产权证书): one row will stop for you.</translation>
    </message>
    <message>
        <source>如果刚才按错了：按 Ctrl+Z，那一行又回来等您。练习的时候随便按，不会坏。</source>
        <translation>Suppose that was the wrong key: press Ctrl+Z and the row waits for you again. Nothing can break in training.</translation>
    </message>
    <message>
        <source>他们回来了：再点“出示二维码”。看，读过的材料都在。</source>
        <translation>They are back: press “Show code” again. What was read is still there.</translation>
    </message>
    <message>
        <source>有时它问一句话，比如印章齐不齐：看原件，按 Y 是、N 否。</source>
        <translation>Sometimes it asks, for example whether the seals are there: look at the original and press Y for yes, N for no.</translation>
    </message>
    <message>
        <source>只有规则允许的按钮是亮的，蓝色的是它建议的：按 F8 退回，看清将要印什么，按 Enter。</source>
        <translation>Only what the rules allow can be pressed, and what they propose is blue: press F8 to return, read what will be printed, press Enter.</translation>
    </message>
    <message>
        <source>右边写着要还哪几份：当面点清，连同单子交给家长。按 F5 请下一家。</source>
        <translation>On the right are the originals to hand back: count them together and give them back with the slip. F5 for the next family.</translation>
    </message>
    <message>
        <source>接着上次的导览：先点“出示二维码”，把这一家再打开。</source>
        <translation>Going on with the tour: first press “Show code” to open this family again.</translation>
    </message>
    <message>
        <source>中间是原件的照片，不同的字涂成黄色。楼栋号真的不一样，按 N。如果您看是一样的，按 Enter，再按数字选一个理由。</source>
        <translation>In the middle is the photograph of the original, characters that differ are yellow. The building number really differs: press N. Were it the same to your eyes, you would press Enter and a digit for the reason.</translation>
    </message>
    <message>
        <source>点“自动演示”，其余的原件会一份一份放下来。停下来的那一行，再按一次 N。</source>
        <translation>Press “Play”: the other originals are laid down one by one. At the row that stops, press N again.</translation>
    </message>
    <message>
        <source>家长要去取一份材料？按 F6，再按数字选原因。原件拿回去，先办下一家，做过的都留着。</source>
        <translation>The parents must fetch a paper? Press F6, then a digit for the reason: the originals go back to them, others come first, and all that was done is kept.</translation>
    </message>
</context>
<context>
    <name>UnprintedList</name>
    <message>
        <source>待打印 {count}</source>
        <translation>To print: {count}</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>纸已出来</source>
        <translation>The paper is here</translation>
    </message>
    <message>
        <source>现在打印</source>
        <translation>Print now</translation>
    </message>
</context>
<context>
    <name>VisitorStrip</name>
    <message>
        <source>谁来办？（不选就记{who}）</source>
        <translation>Who came? ({who} unless you choose)</translation>
    </message>
    <message>
        <source>谁来办？</source>
        <translation>Who came?</translation>
    </message>
    <message>
        <source>到场：{who}</source>
        <translation>Here: {who}</translation>
    </message>
</context>
<context>
    <name>WalkInPage</name>
    <message>
        <source>先再查一次：换一个写法直接打字，扫码，或把身份证放到摄像头下。</source>
        <translation>Look once more first: type it differently, scan the code, or lay an identity card under the camera.</translation>
    </message>
    <message>
        <source>确实没有？选一种情况，照下面的话告诉家长：</source>
        <translation>Really not there? Choose what applies and tell the parent:</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>只记下原因和时间，不记姓名和证件号。</source>
        <translation>Only reason and time are noted, no name and no number.</translation>
    </message>
    <message>
        <source>没有找到“{query}”</source>
        <translation>Nothing found for “{query}”</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>把二维码放到摄像头下，或用扫码枪扫，会自动打开这一家的申请。</source>
        <translation>Under the camera or with a hand scanner the code opens the family&apos;s application by itself.</translation>
    </message>
    <message>
        <source>请家长出示申请表或取号单上的二维码</source>
        <translation>Ask for the code on the form or the queue slip</translation>
    </message>
    <message>
        <source>也可以放上身份证，或输入申请号、姓名、拼音首字母</source>
        <translation>Or lay down an identity card, or type number, name or pinyin initials</translation>
    </message>
    <message>
        <source>正在看这张证件是谁的……</source>
        <translation>Looking whose card this is …</translation>
    </message>
    <message>
        <source>把二维码或身份证放到摄像头下</source>
        <translation>Lay the code or an identity card under the camera</translation>
    </message>
</context>
<context>
    <name>WindowPeople</name>
    <message>
        <source>再过 {seconds} 秒自动锁屏，碰一下鼠标或键盘就不锁</source>
        <translation>Locking in {seconds} seconds; touch mouse or keyboard to stay</translation>
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
<context>
    <name>_Tile</name>
    <message>
        <source>用这个</source>
        <translation>Use this one</translation>
    </message>
    <message>
        <source>正在使用</source>
        <translation>In use</translation>
    </message>
</context>
</TS>

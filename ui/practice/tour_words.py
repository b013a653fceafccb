"""What the guided tour says at each step: a short title, and what to do with the real window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.practice.tour import Step


class TourWords(QObject):
    """In the language of the windows."""

    def title(self, step: Step) -> str:
        """The step in a few words."""
        return {
            Step.FIND: self.tr("找到申请"),
            Step.LAY: self.tr("放下原件"),
            Step.STOPS: self.tr("只看停下来的"),
            Step.DIFFERS: self.tr("真的不一样"),
            Step.UNDO: self.tr("按错了"),
            Step.HOLD: self.tr("先让一让"),
            Step.RESUME: self.tr("回来接着办"),
            Step.REST: self.tr("放完其余的"),
            Step.QUESTION: self.tr("它问一句话"),
            Step.DECIDE: self.tr("决定"),
            Step.NEXT: self.tr("交还，下一家"),
        }[step]

    def instruction(self, step: Step) -> str:
        """What to do now, in one or two short sentences."""
        return {
            Step.FIND: self.tr(
                "点上面紫条里的“出示二维码”：家长的码到了镜头下，申请自己打开。没带码就打姓名或申请号，按 Enter。"
            ),
            Step.LAY: self.tr("在紫条里点一份原件，看它滑到镜头下。画面变绿就是拍好了，不必等它读完，可以放下一份。"),
            Step.STOPS: self.tr("一致的它自己过。把紫条往右拨，放“不动产权证书”：有一行会停下来等您看。"),
            Step.DIFFERS: self.tr(
                "中间是原件的照片，不同的字涂成黄色。楼栋号真的不一样，按 N。如果您看是一样的，按 Enter，再按数字选一个理由。"
            ),
            Step.UNDO: self.tr("如果刚才按错了：按 Ctrl+Z，那一行又回来等您。练习的时候随便按，不会坏。"),
            Step.HOLD: self.tr("家长要去取一份材料？按 F6，再按数字选原因。原件拿回去，先办下一家，做过的都留着。"),
            Step.RESUME: self.tr("他们回来了：再点“出示二维码”。看，读过的材料都在。"),
            Step.REST: self.tr("点“自动演示”，其余的原件会一份一份放下来。停下来的那一行，再按一次 N。"),
            Step.QUESTION: self.tr("有时它问一句话，比如印章齐不齐：看原件，按 Y 是、N 否。"),
            Step.DECIDE: self.tr("只有规则允许的按钮是亮的，蓝色的是它建议的：按 F8 退回，看清将要印什么，按 Enter。"),
            Step.NEXT: self.tr("右边写着要还哪几份：当面点清，连同单子交给家长。按 F5 请下一家。"),
        }[step]

    def again(self, step: Step) -> str:
        """Instead of ``instruction`` when the step is one taken up again without a family at the desk."""
        return (
            self.tr("接着上次的导览：先点“出示二维码”，把这一家再打开。")
            if step is Step.FIND
            else self.instruction(step)
        )

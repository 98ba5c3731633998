"""The demo's personal data: an officer looks at a contact for a purpose, its owner reads it and takes a copy."""

from portal.actions import exporting, rectifying
from portal.actions.looking import look_at_personal_data
from portal.clock import CLOCK, portal_now
from portal.demo.story import Story
from portal.demo.worked_example import at


def tell_own_data(story: Story) -> None:
    """After the first payment: one look, one copy, one request for a correction with its answer."""
    administrator, officer = story.administrator("quantum"), story.people["方敏"]
    story.at(at(9, 14, 9, 30))
    look_at_personal_data(
        "mail", administrator.pk, purpose="contact", words="约定第一个里程碑的现场查看时间", by=officer, now=portal_now()
    )
    story.at(at(9, 14, 9, 40))
    asked = exporting.ask_export(by=administrator, now=portal_now())
    exporting.make_export(asked.pk, by=CLOCK, now=portal_now())
    request = rectifying.ask_correction("任职起始日期应为2024年3月1日。", by=administrator, now=portal_now())
    story.at(at(9, 14, 9, 50))
    rectifying.answer_correction(request.pk, "已与劳动合同核对，更正说明随任职记录保存。", by=officer, now=portal_now())

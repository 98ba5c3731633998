"""The words of the demo city: its settings, privacy statement and terms of use, proposed by one person and confirmed by another."""

from datetime import datetime

from portal.actions import legal, setting
from portal.actions.reading import read_all
from portal.clock import china_date
from portal.models import LegalKind, User
from portal.queries.legal import asked_of

WHY = "演示城市的设置"
SETTINGS = {
    "host_organisation": {"zh": "合肥市科学技术局（演示）", "en": "Hefei Bureau of Science and Technology (demo)"},
    "host_address": {"zh": "合肥市政务区演示路1号", "en": "1 Demo Road, Zhengwu District, Hefei"},
    "contact_phone": "0551-0000 0000",
    "contact_mail": "jiebang@demo.example",
    "support_contact": {
        "zh": "0551-0000 0001，工作日 8:30–17:30",
        "en": "0551-0000 0001, working days 8:30 to 17:30",
    },
    "icp_number": "皖ICP备00000000号-1",
    "police_number": "皖公网安备34010000000000号",
    "site_code": "3401000000",
}  # fmt: skip

PRIVACY_ZH = """# 我们是谁
本门户由页脚所列主管部门举办，用于组织实施“揭榜挂帅”项目。个人信息的处理者是该部门。

# 为什么处理您的信息
我们依照法定职责受理需求和投标、组织评审、拨付和监管财政资金，因此处理参与人员的个人信息；依据是《中华人民共和国个人信息保护法》第十三条第一款第三项（履行法定职责所必需），无须另行取得同意。登录安全所需的信息依照《中华人民共和国网络安全法》处理。

# 处理哪些信息
姓名、电子邮箱、手机号码、所属单位与角色，您在办理事项时填写的内容、签名与上传的材料，专家的职称、专业领域与任职单位，收款账户，以及登录时间、网络地址和所用程序。本页下方的表格逐项列出信息、用途、依据和保存期限，该表由系统的登记册自动生成。

# 谁能看到
只有办理该事项所必需的人员能看到。联系方式和账号默认遮盖，查看完整内容须说明用途，每次查看都会留下记录，您可以在“我的数据”中看到谁查看过。开标前任何人（包括主管部门）都不能读取投标内容。公示只公布规定的事项，不公布身份证件号码、个人电话、银行账号和评审专家姓名。信息存储在中华人民共和国境内，不向第三方出售。

# 保存多久
登录日志至少保存六个月；项目档案依照档案管理规定保存，不少于十年；其他信息到期后由系统每夜自动删除或匿名化。

# 您的权利
您可以在“我的账户”中查看、更正、下载自己的信息，可以申请注销账户。注销后姓名、联系方式和登录方式被删除；依法须存档的办理记录保留，但不再显示您的姓名。对答复不满意的，可以向主管部门或网信部门投诉。

# 联系我们
请使用页脚的电话或电子邮箱联系我们。本声明更新时，我们会请您重新阅读并确认。
"""

PRIVACY_EN = """# Who we are
This portal is run by the authority named at the foot of the page, to carry out the city's challenge programme. That authority is responsible for the personal data in it.

# Why we process your data
Our duty by law is to receive needs and bids, to have them reviewed, and to pay and watch over public money. For that we process data of the people who take part; the ground is Article 13, paragraph 1, item 3 of the Personal Information Protection Law (duties by law), which needs no separate consent. What the safety of sign-in needs is processed under the Cybersecurity Law.

# Which data
Name, e-mail address, mobile number, organisation and role; what you write, sign and upload when you act; title, fields and employer of experts; bank accounts for payment; and time, network address and program of sign-ins. The table below lists each item with purpose, ground and time; it is drawn from the portal's own register.

# Who sees it
Only those who need it for the case. Contacts and account numbers are masked; whoever looks at them in full gives a purpose, each look is recorded, and you see under “My data” who looked. Nobody, the authority included, can read a bid before its opening. Public notices hold what the rules ask for and never identity numbers, private telephone numbers, bank accounts or names of reviewers. The data is stored in mainland China and is not sold.

# How long
Sign-in logs are kept for six months at least. Files of projects are archives and are kept for ten years at least. Everything else is deleted or made anonymous every night once its time is over.

# Your rights
On the page of your account you see, correct and download your data, and ask to delete the account. Then name, contacts and ways to sign in are deleted; what the law asks us to archive stays, without your name. If you are not content with our answer you can complain to the authority or to the cyberspace administration.

# Contact
Use the telephone or e-mail at the foot of the page. When this statement changes we ask you to read and accept it again.
"""

TERMS_ZH = """# 适用范围
使用本门户办理“揭榜挂帅”事项的单位和个人应当遵守本条款。办理的事项以主管部门发布的管理办法和申报通知为准。

# 账户
账户由本人使用，不得转借。代他人办理须由对方在门户中办理委托，委托期间的每项操作都会注明委托人。发现账户被他人使用的，请立即修改密码并联系我们。

# 如实填写
您和您的单位对所填内容和所传材料的真实性负责。弄虚作假的，依照科研诚信和信用管理规定处理，已拨付的资金予以追回。

# 不得上传国家秘密
本门户是互联网系统。国家秘密、工作秘密不得在此填写或上传，应当通过线下渠道报送。误传的内容请立即告知我们，由两名工作人员依程序销毁。

# 公平竞争
不得打听他人投标内容、评审专家身份，不得以任何方式影响评审。关联关系、利害关系应当如实申报。

# 时间与记录
截止时间以门户显示的服务器时间为准。每项操作都有带签名的记录，可以验证。

# 服务
我们尽力保证门户持续可用；计划停机会提前公告。因门户故障错过截止时间的，请保存证据并联系我们。
"""

TERMS_EN = """# What these terms are for
They hold for organisations and people who use this portal for the challenge programme. For the cases themselves the programme's rules and the calls published by the authority decide.

# Your account
An account is for one person and is not lent. Who acts for somebody else needs a delegation made in the portal, and every act under it names the person it was done for. If somebody else uses your account, change the password at once and tell us.

# True statements
You and your organisation answer for what you write and upload. False statements are dealt with under the rules on research integrity and credit, and money paid is claimed back.

# No state secrets
This is a system on the internet. State secrets and work secrets must not be typed or uploaded here; hand them in outside the portal. If it happened by mistake, tell us at once: two officials destroy the words.

# Fair competition
Do not try to learn what others bid or who reviews, and do not influence a review. Declare ties and interests truthfully.

# Time and record
Deadlines run by the server's clock shown on the page. Every act leaves a signed record that can be checked.

# Service
We keep the portal available as well as we can and announce planned pauses. If a fault of the portal made you miss a deadline, keep the evidence and contact us.
"""

TEXTS = {LegalKind.PRIVACY: (PRIVACY_ZH, PRIVACY_EN), LegalKind.TERMS: (TERMS_ZH, TERMS_EN)}


def set_up(*, head: User, leader: User, now: datetime) -> None:
    """The head proposes every setting and writes both texts; the leader confirms and publishes them."""
    day = china_date(now)
    for name, value in SETTINGS.items():
        proposed = setting.propose_setting(name, value=value, starts_on=day, why=WHY, by=head, now=now)
        setting.confirm_setting(proposed.pk, by=leader, now=now)
    for kind, (text_zh, text_en) in TEXTS.items():
        text = legal.write_legal_text(kind, text_zh=text_zh, text_en=text_en, starts_on=day, by=head, now=now)
        legal.publish_legal_text(text.pk, by=leader, now=now)
    for person in (head, leader):
        read_all(by=person, now=now)


def accept(people: list[User], *, now: datetime) -> None:
    """Everybody of the demo has read and accepted the texts, so that quick sign-in leads straight to the work."""
    for person in people:
        if asked := asked_of(person):
            legal.accept_texts([text.pk for text in asked], by=person, now=now)

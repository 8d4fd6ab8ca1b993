"""Page boilerplate: what a web page puts around a notice (发布日期, 字体：大 中 小, 分享到, 扫一扫, 索引号)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pairing_graph.base.text import squeeze
from pairing_graph.kb.document import Paragraph

_LINE = re.compile(
    r"^[\[【（(]?(?:发布(?:日期|时间|机构|单位)|发文(?:日期|时间|机关|机构|字号|单位)|成文日期|印发日期|公开(?:日期|时间|方式|范围|属性)|生成日期"
    r"|索引号|(?:信息)?索取号|公开形式|主动公开|文号|标题|名称|主题(?:词|分类)|体裁分类|组配分类|有效性|时效性|公文种类|信息(?:来源|分类|索引)|文件编号|统一编号|实施日期|失效日期"
    r"|(?:文章|稿件|信息|内容)?来源|作者|(?:责任)?编辑|审核|校对|初审|复审|终审|签发人?|浏览(?:次数|量)?|点击(?:数|量|率)?|阅读(?:次数|量)?|访问量"
    r"|字体(?:大小)?|字号|打印(?:本页)?|关闭(?:窗口)?|分享(?:到|至)?|扫一扫|微信扫|收藏|纠错|下载|视力保护色|背景色|无障碍|长者(?:版|模式|助手)"
    r"|当前位置|您(?:现在)?的?位置|首页|网站(?:首页|地图|标识码)|上一篇|下一篇|上一条|下一条|相关(?:文档|链接|阅读|稿件|信息|解读|附件)|返回(?:顶部|首页)"
    r"|版权所有|联系我们|关于我们|技术支持|网站支持|地址|邮编|联系(?:电话|人|方式)|传真|政府网站|智能问答|政策解读|图解|用手机|在手机)"
    r"(?:[:：|>】\]）)\s]|$|[到至大了此您本查]|手机|二维码|[【\[])"
)
_ANYWHERE = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|扫一扫在手机|打开当前页|字体[：:].?大|【?大中小】?$|分享到[：:]?|【打印】|【关闭】|\[打印\]|浏览次数"
)
_FOOTER = re.compile(r"ICP备|公网安备|网站标识码|版权所有|技术支持|网站地图")
_HOST = re.compile(r"^(?:主办|承办|协办|主管)(?:单位)?[:：]|^[\u4e00-\u9fff]{3,20}(?:主办|承办)")
_ISSUED_BY = re.compile(r"^(?:责任|发布|制作|公开|产生|生成)(?:单位|部门|机构|机关)[:：]")
_NEAR = 3
_SURROUNDED = 2


def find_boilerplate(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbers of the paragraphs that are boilerplate.

    Example:
        >>> find_boilerplate([Paragraph(1, "字体： 大 中 小"), Paragraph(2, "1.完善仓储设施。"), Paragraph(3, "分享到：")])
        {1, 3}
    """
    lines = [(paragraph.number, squeeze(paragraph.text)) for paragraph in paragraphs if paragraph.text.strip()]
    found = {number for number, words in lines if is_boilerplate(words)}
    for place, (number, words) in enumerate(lines):
        nearby = lines[max(0, place - _NEAR) : place + _NEAR + 1]
        if (_HOST.match(words) and any(_FOOTER.search(other) for _, other in nearby)) or (
            _ISSUED_BY.match(words) and sum(is_boilerplate(other) for _, other in nearby) >= _SURROUNDED
        ):
            found.add(number)
    return found


def is_boilerplate(text: str) -> bool:
    """Whether a line is boilerplate by its own words.

    Example:
        >>> is_boilerplate("索 引 号：11500"), is_boilerplate("发布日期: 2022-06-23"), is_boilerplate("牵头单位：县水利局")
        (True, True, False)
    """
    words = squeeze(text)
    return len(words) <= 120 and bool(_LINE.match(words) or _ANYWHERE.search(words))

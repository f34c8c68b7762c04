"""What is refused as no translation, and what must pass."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reasons import Reason, ReasonCode
from core.translation.checks import why_no_translation, without_wrapping
from core.words import words

LONG = "They trained on everybody's work and now complain that somebody trains on theirs."
LONG_ZH = "他们拿所有人的作品训练，现在却抱怨有人拿他们的来训练。"


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        (LONG, LONG_ZH),
        ("lol", "笑死"),
        ("lol", "lol"),
        ("😭😭", "😭😭"),
        ("https://example.com/a?b=1", "https://example.com/a?b=1"),
        ("@ada_l https://example.com", "@ada_l https://example.com"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("100%", "100%"),
        ("已经是中文了，不用翻译", "已经是中文了，不用翻译"),
        ("哈哈哈 DeepSeek 赢了", "哈哈哈 DeepSeek 赢了"),
        ("hahahahahahahahahahaha", "哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈"),
        ("ha" * 60, "哈" * 60),
        ("no no no no no no no no", "不不不不不不不不不不不不"),
        ("I'm sorry, but I can't help you with this request", "抱歉，我无法协助您处理这个请求"),
        ("As an AI language model, I refuse to steal", "作为一个AI语言模型，我拒绝偷窃"),
        ("Lo siento por todos", "我为大家感到抱歉"),
        ("Option 1: pay. Option 2: steal.", "选项1：付钱。选项2：偷。"),
        ("1. pay 2. steal", "选项一：付钱。选项二：偷。"),
        ('{"a": "stop stealing"}', '{"a": "别偷了"}'),
        ("```\nprint('stolen')\n``` says it all", "```\nprint('stolen')\n``` 说明了一切"),
        ("草", "lol"),
        ("translation: they lost", "翻译：他们输了"),
    ],
)
def test_a_possible_translation_into_chinese_passes(source: str, draft: str) -> None:
    assert why_no_translation(source, draft, "zh") is None


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        ("", "empty"),
        (" \n\u200b\ufeff", "empty"),
        (LONG, "source itself"),
        (LONG.upper() + "  ", "source itself"),
        (LONG_ZH + "真的，" * 2_000, "50 times"),
        ("他们拿所有人的作品训练，" * 12, "loop"),
        ("开头正常。" + "啊" * 60, "loop"),
        (f"```text\n{LONG_ZH}", "code fence"),
        (json.dumps({"translation": LONG_ZH}, ensure_ascii=False), "JSON"),
        (json.dumps([{"text": LONG_ZH}], ensure_ascii=False), "JSON"),
        (f"<post-0123456789abcdef>{LONG_ZH}", "delimiters"),
        ("I'm sorry, but I can't assist with that. 抱歉", "apology"),
        ("As an AI language model I do not translate 骂人", "apology"),
        ("抱歉，我无法翻译这段内容。", "apology"),
        ("作为一个人工智能，我不能回答。", "apology"),
        (f"Here is the translation: {LONG_ZH}", "remark"),
        (f"Sure! Here's the Chinese translation:\n{LONG_ZH}", "remark"),
        (f"好的，以下是翻译：\n{LONG_ZH}", "remark"),
        (f"译文：{LONG_ZH}", "remark"),
        (f"Option 1: {LONG_ZH}\nOption 2: 另一种", "more than one"),
        (f"**译法一**：{LONG_ZH}\n**译法二**：另一种", "more than one"),
        (f"版本1：{LONG_ZH}\n\n版本2：另一种", "more than one"),
        ("Ils ont appris du travail de tous.", "language asked for"),
    ],
)
def test_an_answer_that_is_no_translation_is_refused_with_the_reason(draft: str, reason: str) -> None:
    refused = why_no_translation(LONG, draft, "zh")
    assert refused is not None
    assert reason in words(refused)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LONG, "en"),
        (LONG, "en-GB"),
        ("これは盗みではない", "ja"),
        ("Это не кража, а обучение модели", "ru"),
    ],
)
def test_a_text_already_in_the_target_language_may_stay(source: str, target: str) -> None:
    assert why_no_translation(source, source, target) is None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LONG, "de"),
        (LONG, "ja"),
        ("Das ist nicht gestohlen und auch nicht neu", "en"),
        ("C'est pas du vol, les modèles sont faits pour être copiés", "en"),
        ("これは盗みではないと思います", "zh"),
        ("이것은 도둑질이 아닙니다 정말로", "zh"),
        ("not stealing", "zh"),
        ("LOOK AT THIS", "zh"),
    ],
)
def test_a_foreign_text_given_back_unchanged_is_refused(source: str, target: str) -> None:
    assert why_no_translation(source, source, target) == Reason(ReasonCode.ANSWER_IS_SOURCE)


def test_a_chinese_text_answered_in_english_is_refused_for_chinese() -> None:
    assert why_no_translation("这不是偷窃，这是学习，大家都这么做", "This is not stealing", "zh") is not None


@pytest.mark.parametrize(
    ("source", "draft", "bare"),
    [
        (LONG, f'"{LONG_ZH}"', LONG_ZH),
        (LONG, f"“{LONG_ZH}”", LONG_ZH),
        (LONG, f"「{LONG_ZH}」", LONG_ZH),
        (LONG, f"```\n{LONG_ZH}\n```", LONG_ZH),
        (LONG, f"```markdown\n{LONG_ZH}\n```\n", LONG_ZH),
        (LONG, f"<post-0123456789abcdef>\n{LONG_ZH}\n</post-0123456789abcdef>", LONG_ZH),
        (LONG, f"\n{LONG_ZH}\n", LONG_ZH),
        (LONG, f"““{LONG_ZH}””", f"““{LONG_ZH}””"),
        (LONG, '"偷窃"还是"学习"', '"偷窃"还是"学习"'),
        ('"Stealing"', "“偷窃”", "“偷窃”"),
        ("```x```", "```\nx\n```", "```\nx\n```"),
        (LONG, '"', '"'),
    ],
)
def test_one_layer_that_the_source_lacks_is_taken_off(source: str, draft: str, bare: str) -> None:
    assert without_wrapping(source, draft) == bare


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["zh", "en", "xx", "zh-Hant"]))
def test_no_text_makes_the_checks_fail(source: str, draft: str, target: str) -> None:
    reason = why_no_translation(source, without_wrapping(source, draft), target)
    assert reason is None or words(reason).endswith(".")


@pytest.mark.parametrize("piece", ["Option 1: ", "1. 2. ", "a", "a_", "ab cd ", '{"', "<post-", "I'm sorry ", "一二"])
def test_a_megabyte_made_to_be_slow_is_judged(piece: str) -> None:
    reason = why_no_translation(piece * (65_536 // len(piece)), piece * (1_000_000 // len(piece)) + "x", "zh")
    assert reason is None or words(reason).endswith(".")

"""What people argue about: each technology with its series and tests. The one file to review for the map.

A line of attention is a sum of series (SQL LIKE); of several lines the first one with data counts. Capability
is a series of the question of trends, cost the tests on which a task's cost was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Attention:
    """What is counted: patterns of series ids, in words; `region` where it is of one country alone."""

    series: tuple[str, ...]
    name: str
    tickformat: str = ",~s"
    region: str = ""

    @property
    def site(self) -> str:
        """Where it is counted: what the name begins with."""
        return self.name.split(",")[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """A series of use or money of which the first and the newest figure are told.

    kind    how its values are written: people, percent, usd
    region  where it is of one country alone
    """

    series: str
    name: str
    kind: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Technology:
    """One row of the map.

    capability  the kind of series and its id, as `capability_of` takes them; empty where no test is its own
    test        what that measures and its unit, briefly
    price       "gpt-4" for the price of GPT-4's level; empty where no price is its own
    cost        tests with a measured cost of a task, the first with data counts
    """

    key: str
    name: str
    attention: tuple[Attention, ...]
    capability: tuple[str, str] = ("", "")
    test: str = ""
    price: str = ""
    cost: tuple[str, ...] = ()
    use: tuple[Figure, ...] = ()
    money: tuple[Figure, ...] = ()


def _terms(term: str) -> tuple[Attention, ...]:
    """Counts by term, from the sources of the map: articles read, then titles of stories."""
    return (
        Attention((f"term-views-daily-{term}",), "Wikipedia, views of its articles"),
        Attention((f"hn-term-{term}.%",), "Hacker News, stories that name it"),
    )


def _weibo(*topics: str, names: str) -> Attention:
    series = tuple(f"china-hot-topics-weibo-{topic}" for topic in topics)
    return Attention(series, f"Weibo, hot topics on {names}", region="China")


TECHNOLOGIES: Final = (
    Technology(
        "language-models",
        "Language models at large",
        (
            Attention(
                ("github-trending-llm-share",),
                "GitHub trending, share of language-model repositories",
                ".0%",
            ),
        ),
        ("index", ""),
        "Capability index, points",
        price="gpt-4",
        use=(
            Figure(
                "survey-us-workers-use-ai-at-work-daily",
                "workers who use AI daily",
                "percent",
                "United States",
            ),
        ),
        money=(
            Figure(
                "ai-funding-quarter-cb-insights-ai-funding-world",
                "venture money for AI in a quarter, CB Insights",
                "usd",
            ),
        ),
    ),
    Technology(
        "chat-assistants",
        "Chat assistants",
        (Attention(("wikipedia-monthly-chatgpt",), "Wikipedia, views of the article ChatGPT"),),
        ("rating", "arena-text-style-control"),
        "Arena rating, points",
        use=(
            Figure("users-chatgpt-weekly", "weekly users of ChatGPT, as OpenAI or the press says", "people"),
        ),
        money=(Figure("annualised-revenue-openai", "OpenAI's annualised revenue, second-hand", "usd"),),
    ),
    Technology(
        "coding-assistants",
        "Coding assistants",
        _terms("coding-assistants"),
        ("benchmark", "swe-bench-verified"),
        "SWE-bench Verified",
        cost=("swe-bench-bash-only", "deepswe"),
        use=(
            Figure(
                "survey-stack-overflow-survey-developers-use-or-plan-to-use-ai-tools",
                "developers who use or plan to use AI tools (Stack Overflow)",
                "percent",
            ),
        ),
        money=(
            Figure(
                "coding-tools-cursor-annualised-revenue", "Cursor's annualised revenue, second-hand", "usd"
            ),
        ),
    ),
    Technology(
        "agents",
        "Agents and computer use",
        (*_terms("agents"), _weibo("agent", "manus", names="agents and Manus")),
        ("horizon", "50"),
        "METR horizon, minutes",
        cost=("osworld-2", "the-agent-company", "tau2-bench-airline"),
    ),
    Technology(
        "reasoning-models",
        "Reasoning models",
        (*_terms("reasoning-models"), _weibo("o1", "o3", names="o1 and o3")),
        ("benchmark", "frontiermath-tiers-1-3"),
        "FrontierMath",
    ),
    Technology(
        "open-models",
        "Open models",
        (
            *_terms("open-models"),
            _weibo("deepseek", "llama", "qwen", "kimi", names="DeepSeek, Llama, Qwen, Kimi"),
        ),
        ("open index", ""),
        "Capability index, open weights",
    ),
    Technology("fast-inference", "Fast inference", _terms("fast-inference")),
    Technology("image-generation", "Image generation", _terms("image-generation")),
    Technology(
        "video-generation", "Video generation", (*_terms("video-generation"), _weibo("sora", names="Sora"))
    ),
    Technology("retrieval", "Retrieval", _terms("retrieval")),
    Technology("mcp", "Model Context Protocol (MCP)", _terms("mcp")),
)
"""In the order of the map."""

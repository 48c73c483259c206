"""What the name of a column says of what it holds, in the words of many makers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

PRICE: Final = r"price|cost|pricing|rate|usd|\$|€|preis|kosten|precio|prix|tarif|mtok"
_NO_PRICE: Final = (
    r"limit|context|max|modalit|window|length|count|ratio|speed|second|latency|per task|image|audio|"
    r"video|pixel|request(?! token)|search|batch|priority|flex|above|computer|character|session|query|"
    r"rerank|reasoning"
)

ROLES: Final[Mapping[str, re.Pattern[str]]] = {
    role: re.compile(rf"(?:^|(?<![a-zà-ÿ]))(?:{words})(?![a-zà-ÿ])")
    for role, words in {
        "cache_write": r"cache[d]? (?:write|creation).*|write cache.*",
        "cached_input": r"(?:cached?|caching)(?: (?:input|prompt|in))?|(?:input|prompt) cached?|"
        r"cache (?:read|hit).*",
        "input": r"input|prompt|in|request token|eingabe|entrada|entrée",
        "output": r"output|completion|out|response token|ausgabe|salida|sortie|generation",
        "date": r"date|day|month|year|quarter|week|period|time|timestamp|datum|monat|jahr|fecha|mes|año|jour|"
        r"mois|released?|release date|tested|submitted|updated|published|created|as of|since|stand|measured|"
        r"evaluated|recorded|observed|collected|retrieved|measured at|tested at|evaluated at|日期",
        "model": r"model|models|modell|modèle|modelo|model name|model id|llm|system|模型",
        "name": r"name|id|slug|key|title|entry",
        "organization": r"organi[sz]ation|org|maker|developer|lab|company|vendor|creator|owned by|hersteller|"
        r"author|creators?|公司",
        "provider": r"provider|seller|host|anbieter|endpoint|platform|service|proveedor",
        "benchmark": r"benchmark|bench|task|dataset|eval|evaluation|test|test set",
        "setting": r"setting|effort|reasoning effort|mode|reasoning|thinking|agent|scaffold|harness|config|"
        r"variant|shots?|prompting",
        "trials": r"votes|battles|samples|trials|runs|games|attempts|n|stimmen|votos|voix|"
        r"(?:# ?|number of |n )[a-z]+(?: [a-z]+)?",
        "stderr": r"std ?err(?:or)?|se|standard error",
        "score": r"score|scores|accuracy|acc|elo|rating|result|pass|pass@1|resolved|solved|success|"
        r"success rate|win|win rate|average|avg|mean|overall|punkte|ergebnis|genauigkeit|"
        r"puntuación|précision|f1|correct|points|percent|分数",
        "speed": r"tokens? (?:per|a|/) ?s(?:ec(?:ond)?)?|tps|tok s|throughput|output speed|tokens s",
        "latency": r"latency|ttft|time to first token|first token",
        "tokens": r"tokens|token|total tokens|volume",
        "share": r"share|market share|anteil",
        "rank": r"rank|position|place|#|no|rang|index",
        "parameters": r"parameters?|params?|size|parameter count",
        "context": r"context|context length|context window|context tokens|max context",
        "cost": r"cost|total cost|cost usd|price|kosten",
        "title": r"title|event|headline|what|description|beschreibung|name",
        "amount": r"amount|raised|funding|usd|value",
        "tier": r"tier|plan|service tier",
        "figure": r"value|wert|valor|count|total|amount|close|figure|observation",
        "aside": r"low|high|lower|upper|ci|margin|std|stdev|seconds?|minutes?|hours?|duration|downloads|"
        r"likes|stars|uncertainty|interval|correct format|timeouts?|errors?|date|year|age",
    }.items()
}


_LOWER_IS_BETTER: Final = re.compile(
    r"↓|\b(?:lower (?:is |the )?better|(?:error|failure|hallucination|confabulation|false positive)s? rate|"
    r"hallucinations|confabulations|wer|cer|word error|perplexity|ppl|log loss|brier|mae|rmse|mse)\b"
)


def lower_is_better(name: str) -> bool:
    """Whether the name says that a column holds errors: the fewer the better."""
    return _LOWER_IS_BETTER.search(plain_name(name)) is not None


def plain_name(name: str) -> str:
    """A column's name in lower-case words: `inputPrice_perMTok` is `input price per mtok`."""
    spaced = _CAMEL.sub(" ", name.removeprefix("parent."))
    return " ".join(re.sub(r"[_\-./:()\[\],]+", " ", spaced).lower().split())


def says(name: str, role: str) -> bool:
    """Whether the name of a column holds a word of this role."""
    return ROLES[role].search(plain_name(name)) is not None


def is_named(name: str, role: str) -> bool:
    """Whether the whole name of a column is a word of this role."""
    return ROLES[role].fullmatch(plain_name(name)) is not None


def speaks_of_price(name: str) -> bool:
    """Whether the name says that a column holds prices."""
    return re.search(PRICE, plain_name(name)) is not None


def says_input_or_output(name: str) -> bool:
    """Whether the name speaks of what goes into a model, or comes out."""
    return says(name, "input") or says(name, "output")


def cannot_be_price(name: str) -> bool:
    """Whether the name says that a column counts something else."""
    return re.search(_NO_PRICE, plain_name(name)) is not None

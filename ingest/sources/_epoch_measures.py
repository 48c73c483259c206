"""Which column of which file of Epoch's benchmark archive is a score, in which unit, under which name.

Columns are matched by name. Where several names are given, the first that a file has is taken: the archive
renamed columns over the years. A second measure of one file has an id of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

IN_HOUSE: Final = ("mean_score", "Best score (across scorers)")
"""Mean over scorers, the headline since December 2025; before that only the best was published."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One score column of one file.

    scale              factor from the file's figure to the unit
    stderr, low, high  columns of the uncertainty, on the file's scale unless `bounds_scale` says otherwise
    name               Epoch's own name, by which benchmark_metadata.csv speaks of it
    title              what readers should call it, where that differs
    half_width         column with half of a 95 % interval
    setting            columns that belong to the setting besides the effort suffix of the model version
    measured           columns with the day of the run, first that is there
    only_with(out)     the measure is meant only where the file has (lacks) this column
    literature         rows come from papers, most of them by a model's maker
    version            column whose version number completes the id ("{version}"); blank means 1.0
    """

    file: str
    benchmark_id: str
    name: str
    columns: tuple[str, ...]
    unit: str = "fraction"
    scale: float = 1.0
    bounds_scale: float | None = None
    stderr: str | None = None
    low: str | None = None
    high: str | None = None
    half_width: str | None = None
    setting: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    cost_usd: str | None = None
    cost_usd_per_task: str | None = None
    seconds_per_task: str | None = None
    output_tokens_per_task: str | None = None
    baseline: float | None = 0.0
    ceiling: float | None = 1.0
    higher_is_better: bool = True
    reported_by: str = "independent"
    literature: bool = False
    version: str | None = None
    title: str | None = None
    only_with: str | None = None
    only_without: str | None = None


def _own(file: str, benchmark_id: str, name: str, baseline: float = 0.0, title: str | None = None) -> Measure:
    return Measure(
        file,
        benchmark_id,
        name,
        IN_HOUSE,
        stderr="stderr",
        measured=("Started at",),
        baseline=baseline,
        title=title,
    )


def _papers(file: str, benchmark_id: str, name: str, column: str, baseline: float = 0.0) -> Measure:
    return Measure(
        file,
        benchmark_id,
        name,
        (column,),
        setting=("Shots",),
        baseline=baseline,
        reported_by="vendor",
        literature=True,
    )


def _points(file: str, benchmark_id: str, name: str, column: str, unit: str = "points") -> Measure:
    return Measure(file, benchmark_id, name, (column,), unit=unit, baseline=None, ceiling=None)


_METR: Final = "metr_time_horizons_external.csv"

MEASURES: Final[tuple[Measure, ...]] = (
    _own("gpqa_diamond.csv", "gpqa-diamond", "GPQA diamond", 0.25),
    _own("math_level_5.csv", "math-level-5", "MATH level 5"),
    _own("swe_bench_verified.csv", "swe-bench-verified", "SWE-Bench verified"),
    _own("otis_mock_aime_2024_2025.csv", "otis-mock-aime-2024-2025", "OTIS Mock AIME 2024-2025", 0.001),
    _own(
        "frontiermath.csv",
        "frontiermath-tiers-1-3",
        "FrontierMath-2025-02-28-Private",
        title="FrontierMath, tiers 1 to 3",
    ),
    _own(
        "frontiermath_tier_4.csv",
        "frontiermath-tier-4",
        "FrontierMath-Tier-4-2025-07-01-Private",
        title="FrontierMath, tier 4",
    ),
    _own("simpleqa_verified.csv", "simpleqa-verified", "SimpleQA Verified"),
    _own("chess_puzzles.csv", "chess-puzzles", "Chess Puzzles"),
    # No cost from this file: its Cost is per exercise in some rows and for the whole run in others.
    Measure(
        "aider_polyglot_external.csv",
        "aider-polyglot",
        "Aider polyglot",
        ("Percent correct",),
        scale=0.01,
        setting=("Edit format",),
        measured=("Date of evaluation",),
        seconds_per_task="Time per case (seconds)",
    ),
    Measure(
        "balrog_external.csv",
        "balrog",
        "Balrog",
        ("Average progress",),
        stderr="Average Standard error",
        reported_by="community",
    ),
    # "Accuracy SE" is left out: its values are some hundred times smaller than WeirdML's own errors.
    Measure(
        "weirdml_external.csv",
        "weirdml",
        "WeirdML",
        ("Accuracy", "Average"),
        cost_usd_per_task="Cost per run",
    ),
    Measure("vpct_external.csv", "vpct", "VPCT", ("Correct",), baseline=0.33),
    Measure(
        "fictionlivebench_external.csv", "fictionlivebench-16k", "Fiction.LiveBench", ("16k token score",)
    ),
    Measure(
        "fictionlivebench_external.csv",
        "fictionlivebench-120k",
        "Fiction.LiveBench, 120k tokens",
        ("120k token score",),
    ),
    Measure(
        "geobench_external.csv",
        "geobench",
        "GeoBench, average points",
        ("ACW Avg Score",),
        unit="points",
        setting=("Tools",),
        baseline=None,
        ceiling=5000.0,
    ),
    Measure("geobench_external.csv", "geobench-country", "GeoBench", ("ACW Country %",), setting=("Tools",)),
    Measure("simplebench_external.csv", "simplebench", "SimpleBench", ("Score (AVG@5)",), baseline=1 / 6),
    Measure("gdpval_external.csv", "gdpval", "GDPval", ("Win Rate (%)",), reported_by="vendor"),
    Measure(
        _METR,
        "metr-horizon-50-v{version}",
        "METR Time Horizons, 50 %",
        ("Time horizon",),
        unit="minutes",
        low="CI_low",
        high="CI_high",
        baseline=None,
        ceiling=None,
        version="METR version",
    ),
    Measure(
        _METR,
        "metr-horizon-80-v{version}",
        "METR Time Horizons, 80 %",
        ("Time Horizon (80%)",),
        unit="minutes",
        baseline=None,
        ceiling=None,
        version="METR version",
    ),
    Measure(
        _METR,
        "metr-average-score-v{version}",
        "METR Time Horizons",
        ("average_score",),
        version="METR version",
    ),
    Measure(
        "deepresearchbench_external.csv",
        "deepresearch-bench",
        "DeepResearch Bench",
        ("Average score",),
        setting=("Agent",),
    ),
    # Version 2 of this test replaced version 1 under the same file name in December 2025.
    Measure(
        "terminalbench_external.csv",
        "terminal-bench-2",
        "Terminal Bench",
        ("Accuracy mean",),
        title="Terminal-Bench 2",
        stderr="Accuracy SE",
        setting=("Agent",),
        measured=("Run date",),
        reported_by="community",
        only_with="Agent Org",
    ),
    Measure(
        "terminalbench_external.csv",
        "terminal-bench-1",
        "Terminal Bench 1",
        ("Accuracy mean",),
        stderr="Accuracy SE",
        setting=("Agent",),
        reported_by="community",
        only_without="Agent Org",
    ),
    Measure(
        "posttrainbench_external.csv",
        "posttrainbench",
        "PostTrainBench",
        ("Average (%)",),
        setting=("Scaffold",),
    ),
    Measure(
        "gso_external.csv",
        "gso",
        "GSO-Bench",
        ("Score OPT@1",),
        setting=("Scaffold",),
        measured=("Evaluation date",),
    ),
    Measure(
        "webdev_arena_external.csv",
        "arena-webdev",
        "WebDev Arena",
        ("Arena Score",),
        unit="points",
        low="95% CI Low",
        high="95% CI High",
        baseline=None,
        ceiling=None,
    ),
    Measure(
        "video_mme_external.csv",
        "video-mme",
        "Video-MME",
        ("Overall (no subtitles)",),
        setting=("Frames",),
        baseline=0.25,
    ),
    _papers("adversarial_nli_external.csv", "anli", "ANLI", "Score", 1 / 3),
    _papers("arc_ai2_external.csv", "arc-ai2", "ARC AI2", "Challenge score", 0.25),
    _papers("bbh_external.csv", "bbh", "BBH", "Average", 0.25),
    _papers("bool_q_external.csv", "boolq", "BoolQ", "Score", 0.5),
    _papers("common_sense_qa_2_external.csv", "commonsenseqa-2", "CommonsenseQA 2.0", "Score", 0.5),
    _papers("gsm8k_external.csv", "gsm8k", "GSM8K", "EM"),
    _papers("hella_swag_external.csv", "hellaswag", "HellaSwag", "Overall accuracy", 0.25),
    _papers("lambada_external.csv", "lambada", "LAMBADA", "Score"),
    _papers("mmlu_external.csv", "mmlu", "MMLU", "EM", 0.25),
    _papers("open_book_qa_external.csv", "openbookqa", "OpenBookQA", "Accuracy", 0.25),
    _papers("piqa_external.csv", "piqa", "PIQA", "Score", 0.5),
    _papers("science_qa_external.csv", "scienceqa", "ScienceQA", "Score", 0.36),
    _papers("superglue_external.csv", "superglue", "SuperGLUE", "Score", 0.5),
    _papers("trivia_qa_external.csv", "triviaqa", "TriviaQA", "EM"),
    _papers("wino_grande_external.csv", "winogrande", "Winogrande", "Accuracy", 0.5),
    Measure("arc_agi_external.csv", "arc-agi-1", "ARC-AGI", ("Score",)),
    Measure("arc_agi_2_external.csv", "arc-agi-2", "ARC-AGI-2", ("Score",)),
    Measure(
        "hle_external.csv",
        "humanitys-last-exam",
        "HLE",
        ("Accuracy",),
        stderr="Accuracy Standard Error",
    ),
    Measure(
        "apex_agents_external.csv",
        "apex-agents",
        "APEX-Agents",
        ("Pass@1 score",),
        stderr="Pass@1 Standard Error",
        bounds_scale=0.01,
    ),
    Measure("cad_eval_external.csv", "cadeval", "CadEval", ("Overall pass (%)",), setting=("Prompt",)),
    Measure("cybench_external.csv", "cybench", "Cybench", ("Unguided % Solved",)),
    Measure(
        "lech_mazur_writing_external.csv",
        "lech-mazur-writing",
        "Lech Mazur Writing",
        ("Mean score",),
        scale=0.1,
    ),
    Measure(
        "live_bench_external.csv",
        "livebench-2024-11-25",
        "LiveBench",
        ("Global average",),
        scale=0.01,
    ),
    Measure(
        "os_world_external.csv",
        "osworld",
        "OSWorld",
        ("Score",),
        scale=0.01,
        setting=("Agent",),
        reported_by="community",
    ),
    Measure(
        "the_agent_company_external.csv",
        "the-agent-company",
        "The Agent Company",
        ("% Resolved",),
        measured=("Date",),
        cost_usd_per_task="Average costs",
        reported_by="community",
    ),
    Measure(
        "swe_bench_bash.csv",
        "swe-bench-bash-only",
        "SWE-bench bash",
        ("% Resolved",),
        measured=("Date run",),
        cost_usd_per_task="Avg. Cost ($)",
        setting=("SWE-Agent Release Version",),
    ),
    Measure(
        "factorio_learning_environment_external.csv",
        "factorio-lab",
        "Factorio Learning Environment",
        ("Lab Success %",),
        setting=("Tools",),
        cost_usd="Cost",
    ),
    Measure(
        "os_universe_external.csv",
        "osuniverse",
        "OSUniverse",
        ("Weighted Score",),
        setting=("Agent",),
        cost_usd="Cost",
    ),
    Measure("gdp_pdf_external.csv", "gdp-pdf", "GDP.pdf", ("GDP.pdf score",)),
    Measure("frontierswe_external.csv", "frontierswe", "FrontierSWE", ("Dominance",), setting=("Harness",)),
    Measure(
        "frontiercode_external.csv",
        "frontiercode",
        "FrontierCode",
        ("Diamond score",),
        setting=("Harness",),
    ),
    Measure(
        "cursorbench_external.csv",
        "cursorbench",
        "CursorBench",
        ("Score",),
        reported_by="vendor",
        cost_usd_per_task="Cost per task",
    ),
    Measure("scicode_external.csv", "scicode", "SciCode", ("Score",)),
    Measure(
        "osworld_2_external.csv",
        "osworld-2",
        "OSWorld 2",
        ("Binary accuracy",),
        setting=("Reasoning", "Tool setting", "Step budget"),
        cost_usd="Estimated cost (USD)",
    ),
    Measure("gbaeval_external.csv", "gbaeval", "GBAEval", ("Overall score",)),
    Measure(
        "exploitbench_external.csv",
        "exploitbench",
        "ExploitBench",
        ("Mean capability",),
        setting=("Autonudge",),
        cost_usd="Spend",
    ),
    Measure("cl_bench_external.csv", "cl-bench", "CL-Bench", ("Overall",)),
    Measure("cl_bench_life_external.csv", "cl-bench-life", "CL-Bench Life", ("Overall",)),
    Measure("rli_external.csv", "remote-labor-index", "Remote Labor Index", ("Score",)),
    _points("algotune_external.csv", "algotune", "AlgoTune", "Score"),
    _points("ale_bench_external.csv", "ale-bench", "ALE-Bench", "Performance"),
    Measure(
        "forecastbench_external.csv",
        "forecastbench",
        "ForecastBench",
        ("Overall score",),
        scale=0.01,
        low="Overall 95% CI low",
        high="Overall 95% CI high",
        baseline=None,
    ),
    Measure("critpt_external.csv", "critpt", "CritPt", ("Accuracy",), cost_usd="Cost"),
    _points("vending_bench_2_external.csv", "vending-bench-2", "Vending-Bench 2", "Score", unit="usd"),
    Measure(
        "surface_evolver_bench_external.csv",
        "surface-evolver-bench",
        "Surface Evolver Bench",
        ("Mean score",),
        cost_usd="Total cost (USD)",
    ),
    Measure(
        "deepswe_external.csv",
        "deepswe",
        "DeepSWE",
        ("Pass@1",),
        half_width="95% CI half-width",
        setting=("Harness",),
        cost_usd_per_task="Mean cost (USD)",
        output_tokens_per_task="Mean output tokens",
    ),
    Measure("blueprint_bench_2_external.csv", "blueprint-bench-2", "Blueprint-Bench 2", ("Score",)),
    Measure("mindcube_external.csv", "mindcube", "MindCube", ("Overall score",)),
    Measure(
        "spatialviz_bench_external.csv",
        "spatialviz-bench",
        "SpatialViz-Bench",
        ("Overall score",),
        setting=("Prompting",),
        baseline=0.25,
    ),
    Measure(
        "proofbench_external.csv",
        "proofbench",
        "ProofBench",
        ("Accuracy",),
        stderr="Accuracy Standard Error",
        cost_usd_per_task="Cost per test (USD)",
        seconds_per_task="Latency (seconds)",
    ),
    Measure(
        "btf3_external.csv",
        "btf3",
        "BTF-3",
        ("Pooled score",),
        low="Pooled 95% CI low",
        high="Pooled 95% CI high",
        setting=("Harness",),
        baseline=None,
        higher_is_better=False,
    ),
    Measure(
        "enigma_eval_external.csv",
        "enigma-eval",
        "EnigmaEval",
        ("Accuracy",),
        stderr="Accuracy Standard Error",
        low="CI Lower Bound",
        high="CI Upper Bound",
    ),
)

GUESSED_COLUMNS: Final = (
    *IN_HOUSE,
    "Score",
    "Accuracy",
    "Overall score",
    "Overall",
    "Mean score",
    "Average",
    "Average score",
    "EM",
    "Pass@1",
    "Pass@1 score",
    "Accuracy mean",
    "Percent correct",
    "% Resolved",
)
"""Names under which a file that nobody has described yet may hold its headline."""

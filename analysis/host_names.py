"""What sellers and hosts are called, by the words that price lists use for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "302ai": "302.AI",
        "ai21": "AI21 Labs",
        "aihubmix": "AiHubMix",
        "alibaba": "Alibaba Cloud",
        "alibaba-cn": "Alibaba Cloud (China)",
        "aleph_alpha": "Aleph Alpha",
        "amazon": "Amazon",
        "anthropic": "Anthropic",
        "anyscale": "Anyscale",
        "azure": "Azure OpenAI",
        "azure_ai": "Azure AI",
        "baseten": "Baseten",
        "bedrock": "Amazon Bedrock",
        "cerebras": "Cerebras",
        "chutes": "Chutes",
        "cloudflare": "Cloudflare",
        "cloudflare-ai-gateway": "Cloudflare AI Gateway",
        "cloudflare-workers-ai": "Cloudflare Workers AI",
        "cohere": "Cohere",
        "cortecs": "Cortecs",
        "databricks": "Databricks",
        "deepinfra": "DeepInfra",
        "deepseek": "DeepSeek",
        "digitalocean": "DigitalOcean",
        "fireworks": "Fireworks AI",
        "friendli": "FriendliAI",
        "github-copilot": "GitHub Copilot",
        "gmi": "GMI Cloud",
        "google": "Google",
        "gradient_ai": "DigitalOcean Gradient",
        "groq": "Groq",
        "helicone": "Helicone",
        "huggingface": "Hugging Face",
        "hyperbolic": "Hyperbolic",
        "ibm": "IBM",
        "inception": "Inception",
        "io-net": "io.net",
        "kilo": "Kilo Code",
        "lambda": "Lambda",
        "llmgateway": "LLM Gateway",
        "meta": "Meta",
        "minimax": "MiniMax",
        "minimax-cn": "MiniMax (China)",
        "mistral": "Mistral",
        "moonshot": "Moonshot AI",
        "moonshotai-cn": "Moonshot AI (China)",
        "nano-gpt": "NanoGPT",
        "nearai": "NEAR AI",
        "nebius": "Nebius",
        "novita": "Novita AI",
        "nscale": "Nscale",
        "nvidia": "NVIDIA",
        "oci": "Oracle Cloud",
        "openai": "OpenAI",
        "opencode": "OpenCode",
        "openrouter": "OpenRouter",
        "ovhcloud": "OVHcloud",
        "perplexity": "Perplexity",
        "poe": "Poe",
        "reka": "Reka",
        "replicate": "Replicate",
        "requesty": "Requesty",
        "sakana": "Sakana AI",
        "sambanova": "SambaNova",
        "sap-ai-core": "SAP AI Core",
        "scaleway": "Scaleway",
        "siliconflow": "SiliconFlow",
        "siliconflow-cn": "SiliconFlow (China)",
        "snowflake": "Snowflake",
        "stepfun": "StepFun",
        "tencent": "Tencent",
        "together": "Together AI",
        "upstage": "Upstage",
        "venice": "Venice",
        "vercel": "Vercel AI Gateway",
        "vertex_ai": "Google Vertex AI",
        "volcengine": "Volcano Engine",
        "wandb": "Weights & Biases",
        "watsonx": "IBM watsonx",
        "xai": "xAI",
        "xiaomi": "Xiaomi",
        "zai": "Z.ai",
        "zenmux": "ZenMux",
        "zhipuai": "Zhipu AI",
    }
)
"""Those that price lists name most; the others keep the lists' own word."""

_THROUGH: Final = "huggingface_"


def host_name(word: str) -> str:
    """A seller's name by a price list's word for it; an unknown word as it is."""
    if word.startswith(_THROUGH):
        return f"{host_name(word.removeprefix(_THROUGH))}, through Hugging Face"
    return NAMES.get(word, word)

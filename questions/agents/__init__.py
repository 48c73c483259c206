"""Agents: horizons, computer use, tests of agents, and what a task costs."""

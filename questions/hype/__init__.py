"""Hype against reality: which release drew attention, does it follow capability, and what shape has it?"""

"""Pure functions from results to Plotly figures; theme.py says what colour and shape mean."""

"""Pure statistics: Polars frames in, frozen results out. No I/O, no clock, no Streamlit."""

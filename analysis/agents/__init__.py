"""How far agents get on tasks of many steps."""

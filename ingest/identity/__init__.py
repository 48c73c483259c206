"""Who is who: names of models to identities, their release dates, and which post announces which."""

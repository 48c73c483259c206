"""Who shows answers beside the pages: routes, embedded charts, the static copy; all only show, none asks."""

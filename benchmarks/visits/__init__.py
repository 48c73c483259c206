"""What benchmarks/pages.py measures with: servers, a browser, bare visits, and scripts by themselves."""

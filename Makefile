# make run    everything, at http://127.0.0.1:8000/
# make test   every test, in a real browser too
# make help   the rest

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	{ echo $$python; break; }; done)

.PHONY: help setup run stop reset test check smoke bench
.DEFAULT_GOAL := help

help:
	@echo 'make run      install what is missing, start everything, show the address and the log-ins'
	@echo 'make test     every test; ARGS="tests/pay -q" for some'
	@echo 'make stop     end what make run started'
	@echo 'make reset    end it and drop its data'
	@echo 'make setup    only install'
	@echo 'make check    style, types, layers, templates, migrations'
	@echo 'make smoke    a fresh clone, run as root and as a user, twice, and after kill -9'
	@echo 'make bench    the benchmarks'

setup run stop reset test check smoke bench:
	@test -n '$(PYTHON)' || { echo 'MaxHR needs Python 3.11 or newer, and there is none here.'; \
	echo '  To mend it: apt-get install python3 python3-venv, dnf install python3, or brew install python'; \
	exit 2; } >&2
	@exec $(PYTHON) -m launcher $@ $(ARGS)

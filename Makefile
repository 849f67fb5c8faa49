# Each target is a script of the same name in .make/; each sets up by itself whatever it needs.

# One clock for all the steps of a run.
export STEWARD_START := $(shell date +%s)

.PHONY: help run test dev lint site server bench floods faults screenshots clean

help:
	@echo "make run          set up, build the release, serve the console"
	@echo "make test         set up, lint, build, run every test (what CI runs)"
	@echo "make dev          serve the console and rebuild it on every change"
	@echo "make lint         formatting, clippy for both halves, licences and sources of dependencies"
	@echo "make site         only what browsers download, into target/site/"
	@echo "make server       only the release binary, target/release/steward"
	@echo "make bench        measure the release build"
	@echo "make floods       flood the release build, and print what that takes of memory and database"
	@echo "make faults       several instances of it, and what people notice when one dies, the database goes, the disk is full"
	@echo "make screenshots  redraw the pictures in the documentation"
	@echo "make clean        remove everything that was built, tools included"

run test dev lint bench floods faults screenshots:
	@.make/setup
	@.make/$@

site server:
	@.make/setup
	@.make/site
	@[ $@ = site ] || .make/server

clean:
	rm -rf target .tools .make/node_modules end2end/node_modules

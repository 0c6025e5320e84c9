# Smart Router. Bare `make` lists the words; each is one line of Maven or of a script in build/.
SHELL := bash
.DEFAULT_GOAL := help

# How long `make proof` takes. With OPS as well it makes that many operations instead, however long that takes.
MINUTES ?= 10
OPS ?=
# How long `make fuzz` fuzzes each parser.
SECONDS ?= 30
# What `make sim` tells, what chance follows from, and how much faster than written.
SCENARIO ?= quiet-day
SEED ?= 1
SPEED ?= 10
# What `make break` does, and to whom: make break WHAT=hang-pod WITH='pod=3 lasts=20s'
WHAT ?= kill-pod
WITH ?=
# What `make load` asks; docs/load.md has what else can be set: make load SIM=Soak URL=http://router:8080 MINUTES=60
SIM ?= HowManyCalls
# How many rounds `make bench` takes the medians of, and how many seconds each turn in them lasts.
ROUNDS ?= 3
TURN ?= 3
# What Maven gets besides, for example: make unit ARGS='-pl service -Dtest=ArchitectureTest'
ARGS ?=

# Testcontainers: no helper container that cleans up, since its image may be out of reach and we clean up ourselves; and
# an engine that runs beside us in a container is found at this very address, not at the container's gateway.
export TESTCONTAINERS_RYUK_DISABLED ?= true
ifneq ($(shell test -e /.dockerenv && grep -lsx dockerd /proc/[0-9]*/comm),)
export TESTCONTAINERS_HOST_OVERRIDE ?= 127.0.0.1
endif

.PHONY: help
help: ## list these words
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1@\2/p' Makefile | while IFS=@ read -r word what; do printf '%-16s %s\n' "$$word" "$$what"; done

.PHONY: run
run: ## start it all here: Redis, a cluster, routers, agents, callers; Ctrl-C stops it
	@build/mvn -q -Pfast -DskipTests -pl simulator -am package $(ARGS)
	@exec build/java -jar simulator/target/fast/simulator.jar run

.PHONY: break
break: ## break what runs: make break WHAT=kill-pod (or drain, roll, kill-leader, flush-redis, ...)
	@build/java -jar simulator/target/fast/simulator.jar break $(WHAT) $(WITH)

.PHONY: sim
sim: ## tell a scenario and judge it: make sim SCENARIO=rush-hour SEED=7 SPEED=10
	@build/mvn -q -Pfast -DskipTests -pl simulator -am package $(ARGS)
	@exec build/java -jar simulator/target/fast/simulator.jar sim $(SCENARIO) --seed $(SEED) --speed $(SPEED)

.PHONY: build
build: ## the jars, without tests
	@build/mvn -q -DskipTests package $(ARGS)

.PHONY: test
test: ## every test this machine can run, and which it could not and why
	@build/test verify $(ARGS)

.PHONY: unit
unit: ## only the tests without Redis, HTTP or containers
	@build/test test -Dsurefire.failIfNoSpecifiedTests=false $(ARGS)

.PHONY: it
it: ## only the tests with real Redis, real HTTP, containers
	@build/test verify -Dunit.skip=true -Dfailsafe.failIfNoSpecifiedTests=false $(ARGS)

.PHONY: proof
proof: ## the long versions of the proof, as much as fits: make proof MINUTES=30 (or OPS=5000000)
	@OPS=$(OPS) build/proof $(MINUTES)

.PHONY: fuzz
fuzz: ## seek inputs that break the law of a parser: make fuzz SECONDS=60, for each
	@build/fuzz $(SECONDS) $(ARGS)

.PHONY: mutants
mutants: ## change the deciding classes a little, hundreds of times; the quick tests must notice 80 %
	@build/mvn -q -Pfast,mutants -pl service test-compile org.pitest:pitest-maven:mutationCoverage $(ARGS)

.PHONY: bench
bench: ## how fast it is and how it grows, in about 10 minutes; writes docs/performance.md: make bench ROUNDS=7 TURN=10
	@build/bench dev.smartrouter.bench.Bench docs/performance.md service/target/fast/smart-router-service-1.0.0-SNAPSHOT.jar $(ROUNDS) $(TURN)

.PHONY: bench-fleet
bench-fleet: ## what a large fleet costs its leader, and calls with audio a laptop; writes docs/*-of-*.md
	@build/bench dev.smartrouter.pool.CostOfFleet docs/cost-of-fleet.md
	@build/bench dev.smartrouter.scenario.MemoryOfFleet docs/memory-of-fleet.md
	@MODULE=simulator build/bench dev.smartrouter.simulator.CostOfMedia docs/cost-of-media.md

.PHONY: bench-steps
bench-steps: ## what each step of a request costs inside one process, by JMH; writes docs/cost-of-steps.md
	@PROFILE=steps build/bench dev.smartrouter.bench.Steps docs/cost-of-steps.md

.PHONY: load
load: ## ask by load over HTTP: make load SIM=Soak URL=http://router:8080 MINUTES=60 (or HowManyCalls, Burst, ...)
	@MODULE=loadtest build/bench --add-opens=java.base/java.lang=ALL-UNNAMED io.gatling.app.Gatling -s dev.smartrouter.loadtest.$(SIM) -rf loadtest/target/gatling

.PHONY: audit
audit: ## what is publicly known against the libraries that ship; asks the network, with NVD_API_KEY much sooner
	@build/mvn -q -pl service org.owasp:dependency-check-maven:check $(ARGS)

.PHONY: reproducible
reproducible: ## build the jars twice and compare them byte by byte
	@build/reproducible

.PHONY: images
images: ## the router and the simulator's agent as container images; needs Docker
	@build/mvn -q -DskipTests -pl service,simulator package $(ARGS)
	@build/images

.PHONY: k3s-up
k3s-up: ## all of it in a k3s cluster in Docker, from the manifests that ship
	@build/k3s up

.PHONY: k3s-down
k3s-down: ## remove that cluster
	@build/k3s down

.PHONY: k3s-test
k3s-test: ## only the tests of manifests, of nginx and on a real cluster
	@build/test verify -pl k3s -am -Dtest='dev/smartrouter/k3s/**/*Test' -Dit.test='dev/smartrouter/k3s/**/*IT' -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false $(ARGS)

.PHONY: format
format: ## format the sources (the build refuses others)
	@build/mvn -q spotless:apply

.PHONY: clean
clean: ## delete what was built
	@build/mvn -q clean

.PHONY: doctor
doctor: ## which tools this machine has
	@build/doctor

#!/bin/sh
# Builds Sinkron in the present folder, which holds its sources: the same steps in the image and outside it.
#   docker/build.sh            builds, and leaves dist/ and the packages that running needs
set -eu

npm ci --no-audit --no-fund
npx nest build api
npm prune --omit=dev --no-audit --no-fund

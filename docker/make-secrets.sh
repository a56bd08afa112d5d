#!/bin/sh
# Makes docker/secrets/: one file per secret that compose.yaml names, random, never twice. Keep a copy of data_keys and
# index_keys somewhere safe: without them nobody can read what is sealed in the database.
set -eu
umask 077

cd "$(dirname "$0")"
mkdir secrets 2>/dev/null || { echo "docker/secrets exists already; nothing was changed" >&2; exit 1; }
cd secrets

word() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }
key() { printf '%s:%s' "$1" "$(head -c 32 /dev/urandom | base64)"; }

word >database_root_password
word >redis_password
printf 'mysql://root:%s@database:3306/sinkron' "$(cat database_root_password)" >migration_database_url
printf 'mysql://sinkron:%s@database:3306/sinkron' "$(word)" >database_url
printf 'redis://:%s@redis:6379' "$(cat redis_password)" >redis_url
key d1 >data_keys
key i1 >index_keys
key t1 >token_keys
word >metrics_token
# The stand-in of the demo profile takes any; for the central registry, write what its operator gave you.
word >registry_user
word >registry_password
# For messages: write what Meta and your mail server gave you, and set WHATSAPP_DRIVER and EMAIL_DRIVER.
word >whatsapp_token
word >whatsapp_app_secret
word >whatsapp_verify_token
printf 'smtp://127.0.0.1:25' >smtp_url
word >mock_database_password
printf 'mysql://sinkron:%s@mock-database:3306/registry_mock' "$(cat mock_database_password)" >mock_database_url

# The folder is closed to others on this machine; the processes in the containers are not root and must read the files.
chmod 444 ./*

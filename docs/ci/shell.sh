#!/bin/sh
# Builds the archive on a host of one's own: from cron, or as the hook post-receive of a bare repository.
# usage: shell.sh REPOSITORY WORK PUBLIC
#   REPOSITORY  what is cloned      WORK  a folder that is kept between builds      PUBLIC  what the web server shows
# PUBLISH_WITH_FINDINGS=0 hands over clean builds only.
set -eu
repository=$1 work=$2 public=$3
unset GIT_DIR GIT_WORK_TREE || true # a hook has them set

test -d "$work/.git" || git clone --quiet --depth 1 "$repository" "$work"
git -C "$work" fetch --quiet --depth 1 origin
git -C "$work" reset --quiet --hard FETCH_HEAD
cd "$work"

test -x .venv/bin/python || python3 -m venv .venv
if ! cmp -s requirements.lock .venv/installed; then
  .venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
  cp requirements.lock .venv/installed
fi

status=0
TZ=Asia/Shanghai .venv/bin/python build.py build --changes .venv/changes.txt || status=$?
test "$status" -le 1 || exit "$status"
if test "$status" -eq 1 && test "${PUBLISH_WITH_FINDINGS:-1}" != 1; then exit 1; fi

# First what is new or changed, in the order in which it was written, then deletions: readers meet no dead link.
mkdir -p "$public"
sed -n 's/^written	//p' .venv/changes.txt | tar -C output -cf - -T - | tar -C "$public" -xf -
sed -n 's/^deleted	//p' .venv/changes.txt | while read -r path; do rm -f "$public/$path"; done
exit "$status"

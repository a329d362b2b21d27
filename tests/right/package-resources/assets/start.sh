#!/bin/bash
export BUCKET="@BUCKET@"
echo "${BUCKET:-none}" > /etc/bucket

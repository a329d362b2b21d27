import json
import os

import boto3


def handler(event, context):
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET_ARN"])
    password = json.loads(secret["SecretString"])["password"]
    return {"ok": bool(password), "table": os.environ.get("TABLE", "orders")}

from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

 
class Marked(TerraformStack):   
    def __init__(self, scope, ns):  
        super().__init__(scope, ns)	
        AwsProvider(self, "aws", region="eu-west-1")
    
        # a very long comment: lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labore et dolore magna
        SqsQueue(self, "a-queue", name="a", visibility_timeout_seconds=60, message_retention_seconds=86400, delay_seconds=5, max_message_size=2048, tags={"A": "b"})  




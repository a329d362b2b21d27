'''How a new version of the ledger gets to the clusters.'''
import json

from cdktf import TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws import cloudwatch_log_group as logs
from cdktf_cdktf_provider_aws import codebuild_project as build
from cdktf_cdktf_provider_aws import codepipeline as pipeline
from cdktf_cdktf_provider_aws import codestarconnections_connection as connection
from cdktf_cdktf_provider_aws import eventbridge_rule as rule
from cdktf_cdktf_provider_aws import eventbridge_target as target
from cdktf_cdktf_provider_aws import iam_role, iam_role_policy, provider, s3_bucket, sns_topic

from .regions import primary, tags

ACCESS = ['codebuild:*', 'codestar-connections:UseConnection', 'eks:DescribeCluster', 'logs:*', 's3:*']


class DeliveryStack(TerraformStack):
	'''Source, build, approval, and a deployment for each cluster.'''

	def __init__(self, scope: Construct, construct_id: str, *, suffix: str, clusters: dict):
		super().__init__(scope, construct_id)
		self.suffix = suffix
		provider.AwsProvider(self, 'aws', region=primary()['name'], default_tags=[{'tags': tags(suffix)}])
		self.artifacts = s3_bucket.S3Bucket(self, 'artifacts', bucket=f'ledger-artifacts-{suffix}', force_destroy=True)
		self.role = self._role()
		github = connection.CodestarconnectionsConnection(self, 'github', name=f'ledger-{suffix}', provider_type='GitHub')

		stages = [
			{
				'name': 'Source',
				'action': [{
					'name': 'GitHub',
					'category': 'Source',
					'owner': 'AWS',
					'provider': 'CodeStarSourceConnection',
					'version': '1',
					'output_artifacts': ['source'],
					'configuration': {
						'ConnectionArn': github.arn,
						'FullRepositoryId': 'example/ledger',
						'BranchName': 'main',
					},
				}],
			},
			self._stage('Build', self._project('build', {'STAGE': suffix}), 'source', 'image'),
			pipeline.CodepipelineStage(
				name='Approve',
				action=[
					pipeline.CodepipelineStageAction(
						name='Approve',
						category='Approval',
						owner='AWS',
						provider='Manual',
						version=1,  # the only one there is
					),
				],
			),
		]
		for name, cluster in clusters.items():
			deploy = self._project(f'deploy-{name}', {'CLUSTER': cluster, 'REPLICAS': 3, 'DRY_RUN': False})
			stages.append(self._stage(f'Deploy-{name}', deploy, 'image', None))

		self.pipeline = pipeline.Codepipeline(
			self,
			'pipeline',
			name=f'ledger-{suffix}',
			role_arn=self.role.arn,
			pipeline_type='V2',
			# Where artifacts are kept between stages
			artifact_store=pipeline.CodepipelineArtifactStore(location=self.artifacts.bucket, type='S3'),
			stage=stages,
		)
		self._tell_of_failures()

	def _role(self):
		role = iam_role.IamRole(
			self,
			'role',
			name=f'ledger-delivery-{self.suffix}',
			assume_role_policy=json.dumps({
				'Version': '2012-10-17',
				'Statement': [{
					'Effect': 'Allow',
					'Principal': {'Service': ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com']},
					'Action': 'sts:AssumeRole',
				}],
			}),
		)
		iam_role_policy.IamRolePolicy(
			self,
			'policy',
			role=role.name,
			policy={'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': ACCESS, 'Resource': '*'}]},
		)
		return role

	def _stage(self, name, project, takes, gives):
		'''A stage of one build.'''
		return pipeline.CodepipelineStage(
			name=name,
			action=pipeline.CodepipelineStageAction(
				name=name,
				category='Build',
				owner='AWS',
				provider='CodeBuild',
				version='1',
				input_artifacts=takes,
				output_artifacts=[gives] if gives else [],
				configuration={'ProjectName': project.name},
			),
		)

	def _project(self, name, variables):
		'''A build project with its own log group.'''
		group = logs.CloudwatchLogGroup(self, f'{name}-logs', name=f'/ledger/{self.suffix}/{name}', retention_in_days='30')
		return build.CodebuildProject(
			self,
			name,
			name=f'ledger-{name}-{self.suffix}',
			service_role=self.role.arn,
			build_timeout='30',
			artifacts=build.CodebuildProjectArtifacts(type='CODEPIPELINE'),
			source=[build.CodebuildProjectSource(type='CODEPIPELINE', buildspec=f'ci/{name}.yml')],
			environment=build.CodebuildProjectEnvironment(
				compute_type='BUILD_GENERAL1_SMALL',
				image='aws/codebuild/amazonlinux2-x86_64-standard:5.0',
				type='LINUX_CONTAINER',
				privileged_mode=True,
				environment_variables=[
					{'name': key, 'value': str(value)} for key, value in variables.items()
				],
			),
			logs_config=[{'cloudwatch_logs': {'group_name': group.name, 'status': 'ENABLED'}}],
			cache={'type': 'LOCAL', 'modes': 'LOCAL_DOCKER_LAYER_CACHE'},
		)

	def _tell_of_failures(self):
		topic = sns_topic.SnsTopic(self, 'failures', name=f'ledger-delivery-failures-{self.suffix}')
		failed = rule.CloudwatchEventRule(
			self,
			'failed',
			name=f'ledger-delivery-failed-{self.suffix}',
			event_pattern={
				'source': ['aws.codepipeline'],
				'detail-type': ['CodePipeline Pipeline Execution State Change'],
				'detail': {'state': ['FAILED'], 'pipeline': [self.pipeline.name]},
			},
		)
		target.CloudwatchEventTarget(
			self,
			'failed-target',
			rule=failed.name,
			arn=topic.arn,
			input_transformer=[{
				'input_paths': {'pipeline': '$.detail.pipeline'},
				'input_template': '"<pipeline> has failed"',
			}],
		)

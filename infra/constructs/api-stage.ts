import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnRoute,
  CfnStage,
  type HttpApi as Gateway,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { alarmPeriod, type Monitoring } from './monitoring.ts';

/** Which API the stage serves. */
export interface ApiStageProps {
  readonly deployment: Deployment;
  readonly monitoring: Monitoring;
  readonly gateway: Gateway;
}

/** A route that the gateway holds to a rate of its own. */
export interface LimitedRoute {
  readonly route: CfnRoute;
  readonly ratePerSecond: number;
}

/** What serves the API: its rates, its access log and the alarms on its answers. */
export class ApiStage extends Construct {
  readonly stage: HttpStage;
  private readonly burst: number;

  constructor(scope: Construct, id: string, { deployment: { settings }, monitoring, gateway }: ApiStageProps) {
    super(scope, id);
    this.burst = settings.throttleBurst;
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/rollcall-${settings.stage}/access`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Default', {
      httpApi: gateway,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.defaultRatePerSecond, burstLimit: settings.throttleBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
    });
    this.watch(monitoring);
  }

  /** Holds routes to rates of their own; a burst is at most what two seconds allow. */
  limit(limited: readonly LimitedRoute[]): void {
    const stage = this.stage.node.defaultChild;
    if (!(stage instanceof CfnStage) || limited.length === 0) return;
    // CDK passes this property on as it is, so its names are CloudFormation's.
    const settingsOf = (ratePerSecond: number) => ({
      ThrottlingRateLimit: ratePerSecond,
      ThrottlingBurstLimit: Math.min(this.burst, 2 * ratePerSecond),
    });
    stage.routeSettings = Object.fromEntries(
      limited.map(({ route, ratePerSecond }) => [route.routeKey, settingsOf(ratePerSecond)]),
    );
    // The stage can only speak of routes that exist.
    stage.node.addDependency(...limited.map(({ route }) => route));
  }

  private watch(monitoring: Monitoring): void {
    monitoring.alarm('api-errors', {
      metric: this.stage.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 5,
      failure: {
        meaning: 'Callers get 500 answers: what they sent is not taken, and not every caller sends it again.',
        runbook: 'callers-get-errors',
      },
    });
    monitoring.alarm('api-slow', {
      metric: this.stage.metricLatency({ period: alarmPeriod, statistic: 'p99' }),
      threshold: 3000,
      periods: 3,
      failure: {
        meaning: 'Answers take more than 3 s: shop plugins give up after 5 s and may never send again.',
        runbook: 'answers-are-slow',
      },
    });
  }
}

/** Neither the caller's address nor the path and query string, which may hold e-mail addresses. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    responseBytes: '$context.responseLength',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
);

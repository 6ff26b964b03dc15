import { Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ContactStore } from './contact-store.ts';
import type { HttpApi } from './http-api.ts';
import { alarmPeriod, type Monitoring } from './monitoring.ts';
import { QueueWithFunction } from './queue-with-function.ts';

/** What is looked at. */
export interface DashboardProps {
  readonly stage: string;
  readonly monitoring: Monitoring;
  readonly store: ContactStore;
  readonly api: HttpApi<string>;
}

const half = 12;
const height = 6;

/** One page to look at when an alarm rings: alarms, the API, the queues, the functions and the table. */
export class Dashboard extends Construct {
  private readonly stage: string;

  constructor(scope: Construct, id: string, { stage, monitoring, store, api }: DashboardProps) {
    super(scope, id);
    this.stage = stage;
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', { dashboardName: `rollcall-${stage}` });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: monitoring.alarms, width: 24, height }));
    dashboard.addWidgets(
      graph('Requests', [api.gateway.metricCount(), api.gateway.metricClientError(), api.gateway.metricServerError()]),
      graph(
        'Answers take',
        ['p50', 'p99'].map((statistic) => api.gateway.metricLatency({ statistic, label: statistic })),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Messages wait for',
        this.queues().map(({ queue }) => queue.metricApproximateAgeOfOldestMessage()),
      ),
      graph(
        'Messages that wait',
        this.queues().map(({ queue }) => queue.metricApproximateNumberOfMessagesVisible()),
      ),
    );
    dashboard.addWidgets(
      graph('Functions fail', [this.ofFunctions('Errors'), this.ofFunctions('Throttles')]),
      graph('Functions at work at once in the account', [
        new Metric({ namespace: 'AWS/Lambda', metricName: 'ConcurrentExecutions', statistic: 'Maximum' }),
      ]),
    );
    dashboard.addWidgets(
      graph('The table reads and writes', [
        store.table.metricConsumedReadCapacityUnits(),
        store.table.metricConsumedWriteCapacityUnits(),
      ]),
      graph('The table refuses', [
        store.table.metric('ReadThrottleEvents', { statistic: 'Sum' }),
        store.table.metric('WriteThrottleEvents', { statistic: 'Sum' }),
      ]),
    );
  }

  private queues(): QueueWithFunction[] {
    return Stack.of(this)
      .node.findAll()
      .filter((one) => one instanceof QueueWithFunction);
  }

  /** One line for all functions of the stage, whichever there are. */
  private ofFunctions(metricName: string): IMetric {
    // Words of the functions' names; a whole name in quotes would be one function.
    const search = `{AWS/Lambda,FunctionName} MetricName="${metricName}" rollcall ${this.stage.replaceAll('-', ' ')}`;
    return new MathExpression({
      expression: `SUM(SEARCH('${search}', 'Sum', ${alarmPeriod.toSeconds()}))`,
      label: metricName,
      usingMetrics: {},
      period: alarmPeriod,
    });
  }
}

const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
  new GraphWidget({ title, left: [...left], period: alarmPeriod, width: half, height });

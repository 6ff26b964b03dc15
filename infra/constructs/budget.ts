import { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { stageTag } from '../tag-stack.ts';
import type { Monitoring } from './monitoring.ts';

/** What may be spent, and who hears of it. */
export interface BudgetProps {
  readonly stage: string;
  readonly budget: NonNullable<Settings['monthlyBudget']>;
  readonly monitoring: Monitoring;
}

/** Raises an alarm when the month's costs reach four fifths of a budget, or are forecast to reach all of it. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { stage, budget, monitoring }: BudgetProps) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'SNS', address: monitoring.topic.topicArn }];
    const notify = (notificationType: string, threshold: number) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        // Budgets belong to an account, and a stage may be in two of its regions.
        budgetName: `rollcall-${stage}-${Stack.of(this).region}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: budget.dollars, unit: 'USD' },
        ...(budget.of === 'stage' && { costFilters: { TagKeyValue: [`user:${stageTag}$${stage}`] } }),
      },
      notificationsWithSubscribers: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
    }).node.addDependency(monitoring);
  }
}

import * as z from 'zod';
import { boolean } from './property.ts';

/** `AWS::SES::ConfigurationSetEventDestination` to the default bus, as far as it runs. */
export const mailEventsSchema = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: boolean,
    MatchingEventTypes: z.array(z.string()),
    EventBridgeDestination: z.strictObject({
      EventBusArn: z.string().regex(/:event-bus\/default$/, 'Amazon SES knows no bus but the default one'),
    }),
  }),
});

/** Which events of e-mails go to the default bus. */
export interface MailEventsPlan {
  readonly configurationSet: string;
  /** As CloudFormation calls them, e.g. `delivery`. */
  readonly eventTypes: readonly string[];
}

/** What of a parsed destination is at work. */
export const mailEventsOf = ({ ConfigurationSetName, EventDestination }: z.infer<typeof mailEventsSchema>) => ({
  configurationSet: ConfigurationSetName,
  eventTypes: EventDestination.Enabled ? EventDestination.MatchingEventTypes : [],
});

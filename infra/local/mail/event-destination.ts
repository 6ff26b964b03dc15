import * as z from 'zod';
import { boolean } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { ResourceType } from '../template/resource-type.ts';

const schema = z.strictObject({
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

/** `AWS::SES::ConfigurationSetEventDestination` to the default bus, as far as it runs. */
export const eventDestinationType = {
  type: 'AWS::SES::ConfigurationSetEventDestination',
  schema,
} satisfies ResourceType<typeof schema>;

/** What of e-mails is reported; nothing if a destination is switched off. */
export const readMailEvents = (reader: TemplateReader): MailEventsPlan[] =>
  reader.all(eventDestinationType).map(({ properties: { ConfigurationSetName, EventDestination } }) => ({
    configurationSet: ConfigurationSetName,
    eventTypes: EventDestination.Enabled ? EventDestination.MatchingEventTypes : [],
  }));

/** Resource types that the local stack leaves aside, each with the reason; any type neither here nor run is refused. */
export const typesLeftAside: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'data stays on this machine, as it is',
  'AWS::KMS::Alias': 'data stays on this machine, as it is',
  'AWS::SNS::TopicPolicy': 'who may publish alarms does not matter here, and answers to SMS come from the SMS engine',
  'Custom::EmptyBucket': 'nothing deletes the stack',
  'AWS::Logs::DeliverySource': 'log lines go to the terminal',
  'AWS::Logs::DeliveryDestination': 'log lines go to the terminal',
  'AWS::Logs::Delivery': 'log lines go to the terminal',
  'AWS::CloudWatch::Alarm': 'there is no CloudWatch',
  'AWS::SNS::Topic': 'alarms do not run, and answers to SMS go to what subscribes to them',
  'AWS::CloudWatch::Dashboard': 'there is no CloudWatch',
  'AWS::SES::EmailIdentity': 'the mail engine takes every sender',
  'AWS::SES::ConfigurationSet':
    'the mail engine takes every set; what is reported of e-mails is read from its event destination',
};

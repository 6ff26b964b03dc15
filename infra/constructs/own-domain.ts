import { CfnOutput } from 'aws-cdk-lib';
import { ApiMapping, DomainName, type HttpApi, type IHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';

/** Which domain leads to which API. */
export interface OwnDomainProps {
  readonly domain: NonNullable<Settings['domain']>;
  readonly gateway: HttpApi;
  readonly stage: IHttpStage;
}

/** A domain of the deployer's own for the API, with the records that lead to it, or outputs that say which these are. */
export class OwnDomain extends Construct {
  constructor(scope: Construct, id: string, { domain, gateway, stage }: OwnDomainProps) {
    super(scope, id);
    const zone = domain.hostedZone && this.zoneOf(domain.hostedZone);
    const domainName = new DomainName(this, 'Domain', {
      domainName: domain.name,
      certificate: this.certificateOf(domain, zone),
    });
    new ApiMapping(this, 'Mapping', { api: gateway, domainName, stage });
    const { regionalDomainName, regionalHostedZoneId } = domainName;
    if (zone) {
      const target = RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId));
      new ARecord(this, 'A', { zone, recordName: `${domain.name}.`, target });
      new AaaaRecord(this, 'Aaaa', { zone, recordName: `${domain.name}.`, target });
      return;
    }
    const output = (name: string, description: string, value: string) =>
      new CfnOutput(this, name, { description, value }).overrideLogicalId(name);
    output('DomainTarget', `Make ${domain.name} a CNAME or an alias of this`, regionalDomainName);
    output('DomainTargetZone', 'The hosted zone of an alias to it', regionalHostedZoneId);
  }

  private zoneOf({ id, name }: { readonly id: string; readonly name: string }): IHostedZone {
    return HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: id, zoneName: name });
  }

  private certificateOf(
    { name, certificateArn }: OwnDomainProps['domain'],
    zone: IHostedZone | undefined,
  ): ICertificate {
    if (certificateArn !== undefined) return Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
    return new Certificate(this, 'Certificate', { domainName: name, validation: CertificateValidation.fromDns(zone) });
  }
}

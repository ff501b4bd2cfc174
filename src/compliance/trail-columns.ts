const userIdentity = `struct<
  type:string,
  principalid:string,
  arn:string,
  accountid:string,
  invokedby:string,
  accesskeyid:string,
  username:string,
  sessioncontext:struct<
    attributes:struct<mfaauthenticated:string>,
    sessionissuer:struct<arn:string>
  >
>`.replaceAll(/\s/g, "");

/** Columns of CloudTrail's files, in Hive's types. Source: Athena user guide, "Query AWS CloudTrail logs". */
export const trailColumns: readonly (readonly [name: string, type: string])[] = [
  ["eventversion", "string"],
  ["useridentity", userIdentity],
  ["eventtime", "string"],
  ["eventsource", "string"],
  ["eventname", "string"],
  ["awsregion", "string"],
  ["sourceipaddress", "string"],
  ["useragent", "string"],
  ["errorcode", "string"],
  ["errormessage", "string"],
  ["requestparameters", "string"],
  ["responseelements", "string"],
  ["additionaleventdata", "string"],
  ["requestid", "string"],
  ["eventid", "string"],
  ["readonly", "string"],
  ["resources", "array<struct<arn:string,accountid:string,type:string>>"],
  ["eventtype", "string"],
  ["apiversion", "string"],
  ["recipientaccountid", "string"],
  ["serviceeventdetails", "string"],
  ["sharedeventid", "string"],
  ["vpcendpointid", "string"],
  ["tlsdetails", "struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>"],
];

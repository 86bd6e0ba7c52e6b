/**
 * @returns a slapd.conf: Debian's schemas, `memberOf` kept by the server, and a few attributes of Active Directory.
 *   Nobody but the service may read, and nobody reads a password
 */
export function slapdConfiguration(options: {
  dir: string;
  baseDn: string;
  root: { dn: string; password: string };
  service: { dn: string };
}): string {
  const { dir, baseDn, root, service } = options;
  const schemas = ['core', 'cosine', 'nis', 'inetorgperson'];
  return `
${schemas.map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n')}
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9.1 NAME 'adUser' SUP top AUXILIARY MAY ( objectGUID $ sAMAccountName ) )
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile ${dir}/slapd.pid
TLSCACertificateFile ${dir}/ca.pem
TLSCertificateFile ${dir}/cert.pem
TLSCertificateKeyFile ${dir}/key.pem
database mdb
maxsize 10485760
suffix "${baseDn}"
rootdn "${root.dn}"
rootpw "${root.password}"
directory ${dir}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${service.dn}" read by * none
overlay memberof
memberof-group-oc groupOfNames
`;
}

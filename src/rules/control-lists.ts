import type { StandardExtent } from '../core/compliance.js';

/** A standard that rules speak to, with the controls that it has for keys. */
export interface Standard {
  /** As the command line takes it. */
  readonly id: string;
  /** As rules write it. */
  readonly name: string;
  /** Where its text, or the list below, comes from. */
  readonly source: string;
  readonly extent: StandardExtent;
  /** Control -> title. */
  readonly controls: Readonly<Record<string, string>>;
}

/**
 * In the order in which reports show them. Which controls concern keys is our selection, except where all are listed.
 * Ids and titles were compared in November 2026. OWASP: its own page. CWE: public pages that quote it. NIST: the OSCAL catalogue of
 * the high baseline in usnistgov/oscal-content, and a public copy of the whole for what no baseline holds. CIS benchmarks: the
 * lists of the same releases in steampipe-mod-aws-compliance and steampipe-mod-gcp-compliance. CIS Controls, ISO: several public
 * lists that agree. PCI DSS and SOC 2 have sentences for titles; these are our summaries, compared with the quoted text.
 */
export const STANDARDS: readonly Standard[] = [
  {
    id: 'owasp-nhi',
    name: 'OWASP NHI 2025',
    source: 'https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025/',
    extent: 'all',
    controls: {
      NHI1: 'Improper Offboarding',
      NHI2: 'Secret Leakage',
      NHI3: 'Vulnerable Third-Party NHI',
      NHI4: 'Insecure Authentication',
      NHI5: 'Overprivileged NHI',
      NHI6: 'Insecure Cloud Deployment Configurations',
      NHI7: 'Long-Lived Secrets',
      NHI8: 'Environment Isolation',
      NHI9: 'NHI Reuse',
      NHI10: 'Human Use of NHI',
    },
  },
  {
    // A catalogue of weaknesses, not a list of things to do: what no rule maps to says nothing.
    id: 'cwe',
    name: 'CWE',
    source: 'https://cwe.mitre.org/data/index.html',
    extent: 'mapped',
    controls: {
      'CWE-20': 'Improper Input Validation',
      'CWE-183': 'Permissive List of Allowed Inputs',
      'CWE-250': 'Execution with Unnecessary Privileges',
      'CWE-276': 'Incorrect Default Permissions',
      'CWE-284': 'Improper Access Control',
      'CWE-312': 'Cleartext Storage of Sensitive Information',
      'CWE-324': 'Use of a Key Past its Expiration Date',
      'CWE-477': 'Use of Obsolete Function',
      'CWE-522': 'Insufficiently Protected Credentials',
      'CWE-538': 'Insertion of Sensitive Information into Externally-Accessible File or Directory',
      'CWE-636': "Not Failing Securely ('Failing Open')",
      'CWE-798': 'Use of Hard-coded Credentials',
    },
  },
  {
    id: 'nist-800-53',
    name: 'NIST SP 800-53 r5',
    source: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
    extent: 'about-keys',
    controls: {
      'AC-2': 'Account Management',
      'AC-2(3)': 'Disable Accounts',
      'AC-2(9)': 'Restrictions on Use of Shared and Group Accounts',
      'AC-4': 'Information Flow Enforcement',
      'AC-5': 'Separation of Duties',
      'AC-6': 'Least Privilege',
      'AC-6(5)': 'Privileged Accounts',
      'AC-6(7)': 'Review of User Privileges',
      'AC-6(9)': 'Log Use of Privileged Functions',
      'AC-17(3)': 'Managed Access Control Points',
      'AU-6': 'Audit Record Review, Analysis, and Reporting',
      'CM-3': 'Configuration Change Control',
      'CM-8': 'System Component Inventory',
      'IA-4': 'Identifier Management',
      'IA-5': 'Authenticator Management',
      'IA-5(6)': 'Protection of Authenticators',
      'IA-5(7)': 'No Embedded Unencrypted Static Authenticators',
      'IA-9': 'Service Identification and Authentication',
      'PS-4': 'Personnel Termination',
      'PS-5': 'Personnel Transfer',
      'SC-7': 'Boundary Protection',
      'SC-7(5)': 'Deny by Default — Allow by Exception',
    },
  },
  {
    id: 'cis-controls',
    name: 'CIS Controls v8',
    source: 'https://www.cisecurity.org/controls/v8',
    extent: 'about-keys',
    controls: {
      '5.1': 'Establish and Maintain an Inventory of Accounts',
      '5.2': 'Use Unique Passwords',
      '5.3': 'Disable Dormant Accounts',
      '5.5': 'Establish and Maintain an Inventory of Service Accounts',
      '5.6': 'Centralize Account Management',
      '6.1': 'Establish an Access Granting Process',
      '6.2': 'Establish an Access Revoking Process',
      '6.8': 'Define and Maintain Role-Based Access Control',
      '16.8': 'Separate Production and Non-Production Systems',
      '16.12': 'Implement Code-Level Security Checks',
    },
  },
  {
    // Written for keys of AWS, so that rules about other vendors' keys can only be informative.
    id: 'cis-aws',
    name: 'CIS AWS Foundations 3.0.0',
    source: 'https://www.cisecurity.org/benchmark/amazon_web_services',
    extent: 'about-keys',
    controls: {
      '1.12': 'Ensure credentials unused for 45 days or greater are disabled',
      '1.13': 'Ensure there is only one active access key available for any single IAM user',
      '1.14': 'Ensure access keys are rotated every 90 days or less',
    },
  },
  {
    // Written for keys of Google Cloud: the same.
    id: 'cis-gcp',
    name: 'CIS Google Cloud Foundation 3.0.0',
    source: 'https://www.cisecurity.org/benchmark/google_cloud_computing_platform',
    extent: 'about-keys',
    controls: {
      '1.12': 'Ensure API Keys Only Exist for Active Services',
      '1.13': 'Ensure API Keys Are Restricted To Use by Only Specified Hosts and Apps',
      '1.14': 'Ensure API Keys Are Restricted to Only APIs That Application Needs Access',
      '1.15': 'Ensure API Keys Are Rotated Every 90 Days',
    },
  },
  {
    id: 'pci-dss',
    name: 'PCI DSS 4.0.1',
    source: 'https://www.pcisecuritystandards.org/document_library/',
    extent: 'about-keys',
    controls: {
      '6.5.3': 'Pre-production environments are separated from production',
      '7.2.5': 'Application and system accounts have the least privileges that they need',
      '7.2.5.1': 'Access by application and system accounts is reviewed, as often as a risk analysis says',
      '8.6.1': 'Interactive use of system and application accounts is managed',
      '8.6.2': 'Passwords of such accounts that can log in interactively are not hard-coded',
      '8.6.3': 'Passwords of such accounts are changed as often as a risk analysis says, and on suspicion',
    },
  },
  {
    id: 'iso-27001',
    name: 'ISO/IEC 27001:2022',
    source: 'https://www.iso.org/standard/27001',
    extent: 'about-keys',
    controls: {
      'A.5.3': 'Segregation of duties',
      'A.5.9': 'Inventory of information and other associated assets',
      'A.5.15': 'Access control',
      'A.5.16': 'Identity management',
      'A.5.17': 'Authentication information',
      'A.5.18': 'Access rights',
      'A.5.23': 'Information security for use of cloud services',
      'A.8.2': 'Privileged access rights',
      'A.8.3': 'Information access restriction',
      'A.8.5': 'Secure authentication',
      'A.8.12': 'Data leakage prevention',
      'A.8.15': 'Logging',
      'A.8.31': 'Separation of development, test and production environments',
    },
  },
  {
    id: 'soc-2',
    name: 'SOC 2',
    source:
      'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
    extent: 'about-keys',
    controls: {
      'CC6.1': 'Logical access security over protected information assets',
      'CC6.2': 'Users are registered before they get credentials, and removed when no longer authorized',
      'CC6.3': 'Access is granted by role, with least privilege and segregation of duties',
      'CC6.6': 'Protection against threats from outside of the system boundaries',
      'CC6.7': 'Transmission, movement and removal of information is restricted',
      'CC7.2': 'System components are monitored for anomalies',
    },
  },
];

export type Scanner = "checkov" | "trivy";

/** What a scanner reads: the configuration as CDKTF wrote it, or the plan made of it. */
export type ScannedForm = "native" | "plan";

/** A failed public check, at the resource as it stands in its stack. */
export interface ScannerFinding {
  /** Of the public check, such as `CKV_AWS_117` or `AWS-0104`. */
  readonly id: string;
  readonly stack: string;
  readonly address: string;
  /** Of the CDKTF construct; absent for what has none. */
  readonly path?: string;
  readonly message: string;
  readonly fix?: string;
}

/** How a scan ended. Only `scanned` says anything about the configuration; anything else is not a pass. */
export type Scan =
  | { readonly kind: "not installed"; readonly tool: Scanner }
  | { readonly kind: "failed"; readonly tool: Scanner; readonly form: ScannedForm; readonly reason: string }
  | {
      readonly kind: "scanned";
      readonly tool: Scanner;
      readonly form: ScannedForm;
      /** Different check ids that ran, whatever they found. */
      readonly checks: number;
      readonly findings: readonly ScannerFinding[];
    };

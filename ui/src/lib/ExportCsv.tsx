/** All that a list finds, as a table to take along. */

import { saveTable, type TableFilter, type TablePath } from "../api/download";
import type { Operation } from "../api/types";
import { SaveTable } from "./SaveFile";

const OPERATIONS: Record<TablePath, Operation> = {
  "/v1/activations/csv": "export_activations_csv",
  "/v1/customers/csv": "export_customers_csv",
  "/v1/ledger/entries/csv": "export_ledger_entries_csv",
  "/v1/licenses/csv": "export_licenses_csv",
  "/v1/reports/csv": "export_report_csv",
  "/v1/usage/csv": "export_usage_csv",
  "/v1/validations/csv": "export_validations_csv",
};

export interface ExportCsvProps<P extends TablePath> {
  path: P;
  /** As the list has it, so that the table has the same rows. */
  filter: TableFilter<P>;
}

export function ExportCsv<P extends TablePath>({ path, filter }: ExportCsvProps<P>) {
  return <SaveTable operation={OPERATIONS[path]} save={() => saveTable(path, filter)} />;
}

import type { ImportError } from "@/api/imports";
import { Card } from "@/ui/Card";
import { type Column, DataTable } from "@/ui/DataTable";

const COLUMNS: readonly Column<ImportError>[] = [
  { key: "line", header: "Line or item", numeric: true, cell: ({ line }) => line },
  { key: "field", header: "Field", cell: ({ field }) => <code>{field}</code> },
  { key: "message", header: "What is wrong", cell: ({ message }) => message },
];

/** What is wrong with a file of records; nothing of it was imported. */
export function ImportErrors({ errors }: { errors: readonly ImportError[] }) {
  if (errors.length === 0) return null;
  return (
    <Card title="Errors in the file">
      <p>Nothing was imported. Mend these records and send the file again.</p>
      <DataTable
        caption="Errors by line"
        columns={COLUMNS}
        rows={errors}
        rowKey={({ line, field, code }) => `${line}/${field}/${code}`}
        empty={null}
      />
    </Card>
  );
}

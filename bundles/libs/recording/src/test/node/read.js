// Prints what arrow-rs, compiled to WebAssembly, finds in parquet files. For each FILE a line of JSON with the number of
// columns and the key-values of the file, then a line for each column with its values as texts, unsigned ones as the signed
// numbers of the same bits.
'use strict';
const fs = require('fs');
const { createRequire } = require('module');
const [installed, ...files] = process.argv.slice(2);
const required = createRequire(installed + '/');
const { readParquet } = required('parquet-wasm/node');
const { RecordBatchReader, Type } = required('apache-arrow');

function type(field) {
  if (Type[field.typeId] === 'Int' && field.type.bitWidth === 64) {
    return field.type.isSigned ? 'INT64' : 'UINT64';
  }
  const child = Type[field.typeId] === 'List' ? field.type.children[0] : null;
  return child && type(child) === 'UINT64' && child.nullable ? 'UINT64_LIST' : String(field.type);
}

function text(value) {
  if (value === null) {
    return null;
  }
  return typeof value === 'bigint' ? String(BigInt.asIntN(64, value)) : `[${Array.from(value, text).join(', ')}]`;
}

for (const file of files) {
  // a Table would join the key-values of columns with the same name
  const reader = RecordBatchReader.from(readParquet(fs.readFileSync(file)).intoIPCStream()).open();
  const { fields, metadata } = reader.schema;
  const batches = [...reader];
  const lines = [{ columns: fields.length, metadata: Object.fromEntries(metadata) }];
  fields.forEach((field, i) => {
    lines.push({
      name: field.name,
      type: type(field),
      nullable: field.nullable,
      element: field.type.children ? field.type.children[0].name : null,
      metadata: Object.fromEntries(field.metadata),
      rows: batches.flatMap((batch) => Array.from(batch.getChildAt(i), text)),
    });
  });
  fs.writeFileSync(1, lines.map((line) => JSON.stringify(line) + '\n').join(''));
}

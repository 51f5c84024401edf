package io.rezolus.analysis.query;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import java.io.IOException;
import java.io.OutputStream;

/** As Prometheus answers over HTTP. */
final class JsonResult implements ResultWriter {
  @Override
  public void write(QueryResult result, OutputStream out) throws IOException {
    JsonBytes json = new JsonBytes(out);
    Answer.success(json, result, 0, data -> new ResultJson(data).write(result, 0, -1));
    json.raw('\n').flush();
  }
}

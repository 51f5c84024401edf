package io.rezolus.outputs.hindsight;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.recording.rez.DumpResult;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /dump/file}: puts a copy of what is kept at the configured output. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/dump/file")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class DumpFileServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final transient Routes routes;

  @Activate
  public DumpFileServlet(@Reference Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Hindsight hindsight = routes.current();
    if (hindsight == null) {
      fail(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "", "not running");
      return;
    }
    Captures captures = hindsight.captures();
    String path = captures.output().toAbsolutePath().toString();
    try {
      DumpResult result = captures.toOutput(Answer.range(request, captures));
      if (result.isEmpty()) {
        fail(response, HttpServletResponse.SC_NOT_FOUND, path, "nothing is kept of that time");
        return;
      }
      JsonObject range = new JsonObject();
      range.addProperty("start", result.firstTs() / NANOS_PER_SECOND);
      range.addProperty("end", result.lastTs() / NANOS_PER_SECOND);
      JsonObject json = json(path, result);
      json.add("time_range", range);
      Answer.json(response, HttpServletResponse.SC_OK, json);
    } catch (IllegalArgumentException e) {
      fail(response, HttpServletResponse.SC_BAD_REQUEST, "", e.getMessage());
    } catch (IOException e) {
      fail(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, path, e.getMessage());
    }
  }

  private static void fail(HttpServletResponse response, int status, String path, String error)
      throws IOException {
    JsonObject json = json(path, null);
    json.add("time_range", JsonNull.INSTANCE);
    json.addProperty("error", error);
    Answer.json(response, status, json);
  }

  private static JsonObject json(String path, DumpResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("path", path);
    json.addProperty("rows", result == null ? 0 : result.rows());
    json.addProperty("tables", result == null ? 0 : result.tables());
    json.addProperty("bytes", result == null ? 0 : result.bytes());
    return json;
  }
}

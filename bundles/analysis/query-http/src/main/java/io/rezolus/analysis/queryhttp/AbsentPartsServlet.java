package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Parts of Prometheus that recordings do not have: rules, alerts, targets, exemplars and what is
 * scraped. Clients ask for them unprompted and show an error unless they are told that there are
 * none.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({
  AbsentPartsServlet.RULES,
  AbsentPartsServlet.ALERTS,
  AbsentPartsServlet.TARGETS,
  AbsentPartsServlet.TARGETS_METADATA,
  AbsentPartsServlet.ALERTMANAGERS,
  AbsentPartsServlet.SCRAPE_POOLS,
  AbsentPartsServlet.EXEMPLARS
})
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class AbsentPartsServlet extends ApiServlet {
  static final String RULES = "/api/v1/rules";
  static final String ALERTS = "/api/v1/alerts";
  static final String TARGETS = "/api/v1/targets";
  static final String TARGETS_METADATA = "/api/v1/targets/metadata";
  static final String ALERTMANAGERS = "/api/v1/alertmanagers";
  static final String SCRAPE_POOLS = "/api/v1/scrape_pools";
  static final String EXEMPLARS = "/api/v1/query_exemplars";

  private static final long serialVersionUID = 1L;

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String data =
        switch (request.getServletPath()) {
          case RULES -> "{\"groups\":[]}";
          case ALERTS -> "{\"alerts\":[]}";
          case TARGETS -> "{\"activeTargets\":[],\"droppedTargets\":[],\"droppedTargetCounts\":{}}";
          case TARGETS_METADATA -> "[]";
          case ALERTMANAGERS -> "{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}";
          case SCRAPE_POOLS -> "{\"scrapePools\":[]}";
          default -> exemplars(parameters);
        };
    JsonBytes json = json(response);
    Answer.success(json, out -> out.raw(data));
    json.flush();
  }

  private static String exemplars(Parameters parameters) throws ApiException {
    try {
      QueryEngine.metrics(parameters.query());
    } catch (QueryException e) {
      throw ApiException.of(e);
    }
    return "[]";
  }
}

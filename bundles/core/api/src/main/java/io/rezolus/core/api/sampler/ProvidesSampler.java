package io.rezolus.core.api.sampler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Says in the bundle's manifest that it carries a sampler of this name, so that the agent knows of
 * the sampler, and can say why it does not run, even while the bundle cannot be resolved.
 *
 * <p>The component itself runs only while its sampler is enabled in the configuration, which it
 * states by the condition the agent registers for each enabled sampler:
 *
 * <pre>{@code
 * @ProvidesSampler("hello")
 * @Component(service = Sampler.class, configurationPid = "io.rezolus.sampler.hello")
 * @SatisfyingConditionTarget("(osgi.condition.id=io.rezolus.sampler.hello)")
 * public final class HelloSampler implements Sampler { ... }
 * }</pre>
 */
@Capability(namespace = ProvidesSampler.NAMESPACE)
@Repeatable(ProvidesSamplers.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesSampler {
  /** Capability namespace, and the attribute in it that holds the sampler's name. */
  String NAMESPACE = "io.rezolus.sampler";

  /** Configuration PID of a sampler, and id of the condition that it is enabled, less the name. */
  String PID_PREFIX = "io.rezolus.sampler.";

  /** The sampler's configuration name. */
  @Attribute(NAMESPACE)
  String value();
}

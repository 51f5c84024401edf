package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GroupHeadTest {
  private final Member stays = WorkedExamples.member("stays", "metric", "m", "id", "1");
  private final Member comes = WorkedExamples.member("comes", "metric", "m", "id", "2");

  @Test
  void members_that_stay_are_encoded_once_and_the_head_is_the_same_as_anew() {
    GroupHead first = GroupHead.of(group(stays), null);
    GroupHead second = GroupHead.of(group(comes, stays), first);

    assertSame(first.members().get(stays), second.members().get(stays));
    assertArrayEquals(GroupHead.of(group(comes, stays), null).bytes(), second.bytes());
  }

  @Test
  void members_that_went_are_forgotten() {
    GroupHead both = GroupHead.of(group(comes, stays), null);
    assertEquals(1, GroupHead.of(group(stays), both).members().size());
  }

  @Test
  void the_hash_is_that_of_arithmetic_without_a_limit() {
    byte[] text =
        "Ünïcode and a longer text \u00ff\u0000 of many bytes".getBytes(StandardCharsets.UTF_8);
    BigInteger modulus = BigInteger.ONE.shiftLeft(128);
    BigInteger prime = BigInteger.ONE.shiftLeft(88).add(BigInteger.valueOf(0x13b));
    BigInteger hash = new BigInteger("6c62272e07bb014262b821756295c58d", 16);
    for (byte b : text) {
      hash = hash.xor(BigInteger.valueOf(b & 0xff)).multiply(prime).mod(modulus);
    }
    Fnv128 ours = Fnv128.of(text);
    assertEquals(hash.shiftRight(64).longValue(), ours.high());
    assertEquals(hash.longValue(), ours.low());
  }

  private static GroupData group(Member... members) {
    Schema.Builder schema = new Schema.Builder();
    for (Member member : members) {
      schema.add(MetricKind.COUNTER, member);
    }
    return new GroupData("s/main", schema.build());
  }
}

namespace Scoring.Bridge.Kafka;

public sealed class DeadTopicsTests
{
    [Fact]
    public void A_topic_with_the_settings_of_a_new_one_expires_in_time() =>
        DeadTopics.Problem(DeadTopics.Settings(14), 14).ShouldBeNull();

    [Theory]
    [InlineData("delete", "-1")]
    [InlineData("delete", "1209600001")]
    [InlineData("delete", null)]
    [InlineData("compact", "1000")]
    [InlineData("compact,delete", "1000")]
    public void A_topic_that_keeps_dead_letters_for_longer_is_refused(string policy, string? retention)
    {
        var settings = new Dictionary<string, string> { ["cleanup.policy"] = policy };
        if (retention is not null) settings["retention.ms"] = retention;
        DeadTopics.Problem(settings, 14).ShouldNotBeNull();
    }
}

using System.Text;
using System.Text.Json.Nodes;

namespace Scoring.Bridge.Messages;

public sealed class MessageReaderTests
{
    private static readonly MessageAttribute[] Attributes =
    [
        new("specversion", "1.0"u8.ToArray()), new("id", "a \"quoted\" id"u8.ToArray()), new("source", "urn:test"u8.ToArray()),
    ];

    [Fact]
    public void One_event_keeps_its_bytes() => Read(" {\"id\" : 1.50}\n").Events.Select(Text).ShouldBe(["{\"id\" : 1.50}"]);

    [Fact]
    public void An_array_holds_an_event_for_each_element_with_its_bytes() =>
        Read("[ {\"id\":\"1\"} , {\"id\": \"é\"},7]").Events.Select(Text).ShouldBe(["{\"id\":\"1\"}", "{\"id\": \"é\"}", "7"]);

    [Fact]
    public void An_empty_array_holds_no_event_and_no_fault() => Read("[]").ShouldSatisfyAllConditions(
        content => content.Events.ShouldBeEmpty(), content => content.Fault.ShouldBeNull());

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":1}{\"id\":2}")]
    [InlineData("[{\"id\":1}")]
    [InlineData("{\"id\":1}]")]
    [InlineData("{'id':1}")]
    [InlineData("\uFEFF{}")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    public void What_would_break_a_batch_is_no_event(string body)
    {
        var content = Read(body);
        content.Events.ShouldBeEmpty();
        content.Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_no_event() =>
        MessageReader.Read((byte[])[.. "{\""u8, 0xFF, .. "\":1}"u8]).Fault.ShouldBe("It is not UTF-8.");

    [Fact]
    public void Binary_mode_becomes_the_same_event_in_JSON()
    {
        var content = MessageReader.Read("{\"handle\":\"h\",\"n\":1}"u8.ToArray(), "application/json", Attributes);
        var written = JsonNode.Parse(content.Events.ShouldHaveSingleItem().Span)!;
        ((string?)written["specversion"]).ShouldBe("1.0");
        ((string?)written["id"]).ShouldBe("a \"quoted\" id");
        ((string?)written["datacontenttype"]).ShouldBe("application/json");
        ((int?)written["data"]!["n"]).ShouldBe(1);
    }

    [Fact]
    public void Binary_mode_without_data_in_JSON_is_no_event()
    {
        MessageReader.Read("no json"u8.ToArray(), "text/plain", Attributes).Fault.ShouldNotBeNull();
        MessageReader.Read("{}"u8.ToArray(), "application/json", [.. Attributes, new("type", new byte[] { 0xC0 })]).Fault.ShouldNotBeNull();
    }

    /// <summary>A structured event may repeat its attributes outside, for filters of the broker.</summary>
    [Fact]
    public void The_content_type_of_an_event_decides_before_the_attributes() =>
        Text(MessageReader.Read("{\"id\":\"1\"}"u8.ToArray(), "application/cloudevents+json", Attributes).Events[0])
            .ShouldBe("{\"id\":\"1\"}");

    [Fact]
    public void A_fault_repeats_nothing_of_the_message() =>
        Read("{\"handle\":" + EventText.Canary + "}").Fault.ShouldNotBeNull().ShouldNotContain("canary");

    private static MessageContent Read(string body) => MessageReader.Read(Encoding.UTF8.GetBytes(body));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}

using System.Text;
using Scoring.Hosting;

namespace Scoring.Events;

public sealed class EventTests
{
    [Fact]
    public async Task An_event_is_handed_on_with_its_canonical_body()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.PostEvents(Some.Event(data: "\"zone\":\"school\",\"overLimitKmh\":12,\"night\":true"));

        answer.Status.ShouldBe(202, answer.Text);
        answer.Text.ShouldBeEmpty();
        var batch = gateway.City.Appended.ShouldNotBeNull();
        batch.Source.ShouldBe(Some.Source);
        var taken = batch.Events.ShouldHaveSingleItem();
        (taken.Id, taken.Programme, taken.Handle, taken.Time).ShouldBe(("e1", Some.SafeDriver, Some.Handle, Some.Instant));
        Encoding.UTF8.GetString(taken.Body).ShouldBe(
            """{"data":{"night":true,"overLimitKmh":12,"zone":"school"},"source":"urn:example:camera-7","type":"traffic.speeding"}""");
    }
}

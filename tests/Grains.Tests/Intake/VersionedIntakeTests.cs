using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Intake;

/// <summary>Intake takes an event by the version in force on its day and refuses what administrators have stopped.</summary>
public sealed class VersionedIntakeTests
{
    private const string Trip = "traffic.trip";
    private const string Park = "traffic.park";

    private static readonly DocumentSet Documents = TestProgrammes.Documents with
    {
        EventTypes = [.. TestProgrammes.Documents.EventTypes, TestProgrammes.Documents.EventTypes[0] with { Name = Park }],
        Versions = [.. TestProgrammes.Documents.Versions, .. TestProgrammes.Documents.Versions.Select(Second)],
    };

    [Theory]
    [InlineData(Trip, -1, true)]
    [InlineData(Trip, 0, false)]
    [InlineData(Park, -1, false)]
    [InlineData(Park, 0, true)]
    public async Task An_event_is_taken_when_the_version_in_force_on_its_day_takes_its_type(string type, int days, bool taken)
    {
        await using var city = await Start(Documents);
        var outcome = await Append(city, type, days);
        outcome.Refusals.ShouldBe(taken ? [] : [new EventRefusal(0, EventFault.ProgrammeUnknown)]);
    }

    [Theory]
    [InlineData(RegistrationKind.EventType, Trip, false)]
    [InlineData(RegistrationKind.EventType, Park, true)]
    [InlineData(RegistrationKind.Source, TestProgrammes.SourceId, false)]
    [InlineData(RegistrationKind.Source, "urn:city:till", true)]
    public async Task An_event_of_a_stopped_source_or_type_is_refused(RegistrationKind kind, string id, bool taken)
    {
        await using var city = await Start(
            Documents, StoppedState.Undisturbed with { StoppedRegistrations = [StoppedState.KeyOf(kind, id)] });
        var outcome = await Append(city, Trip, days: -1);
        outcome.Refusals.ShouldBe(taken ? [] : [new EventRefusal(0, EventFault.ProgrammeUnknown)]);
    }

    [Fact]
    public async Task Before_its_first_versions_day_a_programme_takes_nothing()
    {
        await using var city = await Start(Documents with { Versions = [.. TestProgrammes.Documents.Versions.Select(Tomorrow)] });
        (await Append(city, Trip, days: 0)).Refusals.ShouldBe([new EventRefusal(0, EventFault.ProgrammeUnknown)]);
    }

    [Fact]
    public void A_stopped_source_or_service_is_not_found()
    {
        var now = TestCity.Today.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        Catalogue(StoppedState.Undisturbed).Service(TestProgrammes.ServiceId).ShouldNotBeNull();
        Catalogue(StoppedState.Undisturbed).Source(TestProgrammes.SourceId).ShouldNotBeNull();
        var catalogue = Catalogue(StoppedState.Undisturbed with
        {
            StoppedRegistrations =
            [
                StoppedState.KeyOf(RegistrationKind.Service, TestProgrammes.ServiceId),
                StoppedState.KeyOf(RegistrationKind.Source, TestProgrammes.SourceId),
            ],
        });
        catalogue.Service(TestProgrammes.ServiceId).ShouldBeNull();
        catalogue.Source(TestProgrammes.SourceId).ShouldBeNull();
        catalogue.ServicesOf(TestProgrammes.Vehicles).Select(service => service.Id).ShouldBe(["city-lapsed"]);

        CurrentCatalogue Catalogue(StoppedState stopped) =>
            new(Book(Documents, stopped, now), new ProgrammeClock(TimeProvider.System));
    }

    private static ProgrammeVersion Second(ProgrammeVersion first) =>
        TestProgrammes.Version(first.Terms with { EventTypes = [Park] }, 2) with
        {
            RuleSet = TestProgrammes.RuleSet(2) with { FirstDay = TestCity.Today },
        };

    private static ProgrammeVersion Tomorrow(ProgrammeVersion first) =>
        first with { RuleSet = first.RuleSet with { FirstDay = TestCity.Today.AddDays(1) } };

    private static async Task<TestCity> Start(DocumentSet documents, StoppedState? stopped = null)
    {
        var city = await TestCity.Start(silos: 1);
        city.Publish(documents, stopped);
        return city;
    }

    private static CurrentRuleBook Book(DocumentSet documents, StoppedState stopped, DateTimeOffset now)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        book.Renew(documents.Compile(), documents.Publish(now, stopped));
        return book;
    }

    private static Task<IntakeOutcome> Append(TestCity city, string type, int days)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"data":{"good":true},"source":"{{TestProgrammes.SourceId}}","type":"{{type}}"}""");
        var time = new DateTimeOffset(TestCity.Today.AddDays(days), new TimeOnly(11, 0), TimeSpan.Zero);
        return city.Grains.GetGrain<IIntakeGrain>(0).Append(new EventBatch(
            TestProgrammes.SourceId, [new IncomingEvent("1", TestProgrammes.Vehicles, "a-handle-1234567", time, body)]));
    }
}

using Scoring.City.Display;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>How files are replayed.</summary>
/// <param name="Shuffle">Send the events of a leg in any order.</param>
/// <param name="Twice">Send every leg a second time.</param>
/// <param name="Verify">Compare everyone at their file's end.</param>
/// <param name="StrangersEvery">Every so manyth person never enrols, and is sent about all the same; 0 for none.</param>
/// <param name="Seed">What every draw starts from.</param>
public sealed record ReplayOptions(bool Shuffle, bool Twice, bool Verify, int StrangersEvery, string Seed);

/// <summary>Lives the past again, leg by leg: sets the clock, enrols who appears, sends what happened.</summary>
public sealed class Replay(
    ProgrammeClock time, SyntheticResidents townHall, PlatformClient participation, EventSender sender, ScoreVerifier verification, ReplayOptions options,
    IProgressDisplay show)
{
    private readonly Dictionary<(string Programme, string Who), Resident> _people = [];
    private readonly Dictionary<string, DateTimeOffset> _starts = [];
    private readonly List<VerificationResult> _findings = [];

    /// <summary>Everyone enrolled.</summary>
    public IEnumerable<Resident> Enrolled => _people.Values.Where(p => p.Ordinal is not null);

    /// <summary>How many people were sent about who never enrolled.</summary>
    public int Strangers => _people.Values.Count(p => p.Ordinal is null);

    /// <summary>What the comparisons found.</summary>
    public IReadOnlyList<VerificationResult> Findings => _findings;

    /// <summary>Replays the files beside each other, in one passing of time.</summary>
    /// <param name="files">Their rows.</param>
    /// <param name="known">Residents enrolled before, who need not enrol again.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task Run(IReadOnlyList<RowFile> files, IReadOnlyList<Resident> known, CancellationToken cancellationToken)
    {
        var stretches = new List<ReplayedFile>();
        foreach (var file in files) stretches.Add(new ReplayedFile(file, await participation.Programme(file.Programme, cancellationToken)));
        var bars = stretches.ToDictionary(s => s, s => show.Start($"Sending {s.File.Format}", s.File.Events.Count));
        var sent = stretches.ToDictionary(s => s, _ => 0);
        foreach (var leg in ReplayTimeline.Of(stretches))
        {
            foreach (var stretch in leg.Starting) await Enrol(stretch, known, cancellationToken);
            await SendLeg(leg, cancellationToken);
            foreach (var part in leg.Events.GroupBy(e => e.Of)) bars[part.Key](sent[part.Key] += part.Count());
            if (options.Verify)
                foreach (var stretch in leg.Ending) await Verify(stretch.File.Format, stretch.Programme.Id, cancellationToken);
        }
    }

    /// <summary>Compares everyone of a programme, as of now.</summary>
    public async Task Verify(string name, string programme, CancellationToken cancellationToken)
    {
        Resident[] people = [.. Enrolled.Where(p => p.Programme == programme)];
        _findings.Add(await verification.Compare(programme, people, show.Start($"Verifying {name}", people.Length), cancellationToken));
    }

    /// <summary>From when an event's handle counts.</summary>
    public DateTimeOffset StartOf(OutgoingEvent one) => _starts.GetValueOrDefault(one.Who.Programme);

    /// <summary>Enrols a file's people on the eve of its first day; time never goes back for it.</summary>
    private async Task Enrol(ReplayedFile stretch, IReadOnlyList<Resident> known, CancellationToken cancellationToken)
    {
        var eve = LocalTime.At(stretch.File.FirstDay.AddDays(-1).ToDateTime(new TimeOnly(22, 0)), stretch.Programme.Zone);
        if (eve < time.Now) eve = time.Now;
        await time.Set(eve, stretch.Programme, cancellationToken);
        _starts[stretch.Programme.Id] = eve;
        var before = known.Where(k => k.Programme == stretch.Programme.Id && k.Ordinal is not null).ToDictionary(k => k.Who);
        var joining = new List<Resident>();
        foreach (var (who, i) in stretch.File.People.Select((who, i) => (who, i)))
        {
            var person = before.GetValueOrDefault(who) ?? townHall.Meet(stretch.Programme.Id, who);
            _people[(person.Programme, who)] = person;
            var stranger = options.StrangersEvery > 0 && i % options.StrangersEvery == options.StrangersEvery - 1;
            if (person.Ordinal is null && !stranger) joining.Add(person);
        }
        var piece = show.Start($"Enrolling for {stretch.File.Format}", joining.Count);
        foreach (var person in await townHall.Enrol(stretch.Programme, joining, piece, cancellationToken))
            _people[(person.Programme, person.Who)] = person;
    }

    private async Task SendLeg(ReplayLeg leg, CancellationToken cancellationToken)
    {
        var ends = leg.Events.Select(e => e.Of.Programme).Distinct()
            .Select(p => (Programme: p, End: LocalTime.At(leg.Last.ToDateTime(new TimeOnly(23, 59, 59)), p.Zone)));
        var (programme, end) = ends.MaxBy(e => e.End);
        await time.Set(end, programme, cancellationToken);
        OutgoingEvent[] events = [.. leg.Events.Select(e => ToOutgoing(e.Of.Programme, e.Event))];
        for (var round = 0; round < (options.Twice ? 2 : 1); round++)
        {
            if (options.Shuffle) new Random(leg.First.DayNumber + round).Shuffle(events);
            await sender.Send(events, StartOf, cancellationToken);
        }
    }

    private OutgoingEvent ToOutgoing(ProgrammeDocument programme, CityEvent one)
    {
        var who = _people[(one.Programme, one.Who)];
        var instant = LocalTime.At(one.Local, programme.Zone);
        var day = LocalTime.DayOf(instant, programme.Zone);
        return new OutgoingEvent(who, who.HandleFor(EventFamilies.Of(one.Type)), one.Type, one.Id, instant, day, one.Data);
    }
}

using Scoring.City.Commands;
using Scoring.City.Display;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>Options of a replay.</summary>
/// <param name="Shuffle">Whether the events of a leg are sent in random order.</param>
/// <param name="Twice">Whether each leg is sent a second time.</param>
/// <param name="Verify">Whether scores are compared at the end of each file.</param>
/// <param name="StrangersEvery">Every how many people one does not enrol; events about that person are sent anyway. 0 for none.</param>
/// <param name="Seed">The seed of synthetic residents and random choices.</param>
public sealed record ReplayOptions(bool Shuffle, bool Twice, bool Verify, int StrangersEvery, string Seed);

/// <summary>Replays files leg by leg: sets the clock, enrols the people of starting files, and sends the events.</summary>
/// <param name="session">The platform.</param>
/// <param name="clock">The development clock.</param>
/// <param name="options">The options of the replay.</param>
/// <param name="display">Shows the progress.</param>
public sealed class Replay(Session session, ProgrammeClock clock, ReplayOptions options, IProgressDisplay display)
{
    private static readonly TimeOnly EnrolmentTime = new(22, 0);
    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    private readonly Dictionary<(string Programme, string Who), Resident> _people = [];
    private readonly Dictionary<string, DateTimeOffset> _handleStarts = [];
    private readonly List<VerificationResult> _results = [];

    /// <summary>The enrolled residents.</summary>
    public IEnumerable<Resident> Enrolled => _people.Values.Where(person => person.Ordinal is not null);

    /// <summary>How many people did not enrol although events about them were sent.</summary>
    public int Strangers => _people.Values.Count(person => person.Ordinal is null);

    /// <summary>The results of the comparisons.</summary>
    public IReadOnlyList<VerificationResult> Results => _results;

    /// <summary>Replays files in parallel, on one clock.</summary>
    /// <param name="files">The rows of the files.</param>
    /// <param name="known">Residents of earlier runs, who are enrolled already.</param>
    /// <param name="cancellationToken">Stops the replay.</param>
    public async Task Run(IReadOnlyList<RowFile> files, IReadOnlyList<Resident> known, CancellationToken cancellationToken)
    {
        var replayed = new List<ReplayedFile>();
        foreach (var file in files)
            replayed.Add(new ReplayedFile(file, await session.Platform.Programme(file.Programme, cancellationToken)));
        var bars = replayed.ToDictionary(
            file => file, file => display.Start($"Sending {file.File.Format}", file.File.Events.Count));
        var sent = replayed.ToDictionary(file => file, _ => 0);
        foreach (var leg in ReplayTimeline.Of(replayed))
        {
            foreach (var file in leg.Starting) await Enrol(file, known, cancellationToken);
            await SendLeg(leg, cancellationToken);
            foreach (var part in leg.Events.GroupBy(e => e.Of)) bars[part.Key](sent[part.Key] += part.Count());
            if (options.Verify)
                foreach (var file in leg.Ending) await Verify(file.File.Format, file.Programme.Id, cancellationToken);
        }
    }

    /// <summary>Compares the current scores of a programme's residents.</summary>
    public async Task Verify(string name, string programme, CancellationToken cancellationToken)
    {
        Resident[] people = [.. Enrolled.Where(person => person.Programme == programme)];
        var progress = display.Start($"Verifying {name}", people.Length);
        _results.Add(await session.Verifier.Compare(programme, people, progress, cancellationToken));
    }

    /// <summary>Enrols a file's people on the eve of its first day, or now when the clock is past that eve.</summary>
    private async Task Enrol(ReplayedFile file, IReadOnlyList<Resident> known, CancellationToken cancellationToken)
    {
        var programme = file.Programme;
        var eve = LocalTime.At(file.File.FirstDay.AddDays(-1).ToDateTime(EnrolmentTime), programme.Zone);
        if (eve < clock.Now) eve = clock.Now;
        await clock.Set(eve, programme, cancellationToken);
        _handleStarts[programme.Id] = eve;
        var knownByName = known.Where(k => k.Programme == programme.Id && k.Ordinal is not null).ToDictionary(k => k.Who);
        var joining = new List<Resident>();
        foreach (var (i, name) in file.File.People.Index())
        {
            var person = knownByName.GetValueOrDefault(name) ?? session.Residents.Draw(programme.Id, name);
            _people[(person.Programme, name)] = person;
            var isStranger = options.StrangersEvery > 0 && i % options.StrangersEvery == options.StrangersEvery - 1;
            if (person.Ordinal is null && !isStranger) joining.Add(person);
        }
        var progress = display.Start($"Enrolling for {file.File.Format}", joining.Count);
        foreach (var person in await session.Residents.Enrol(programme, joining, progress, cancellationToken))
            _people[(person.Programme, person.Who)] = person;
    }

    private async Task SendLeg(ReplayLeg leg, CancellationToken cancellationToken)
    {
        var ends = leg.Events.Select(e => e.Of.Programme).Distinct()
            .Select(p => (Programme: p, End: LocalTime.At(leg.Last.ToDateTime(EndOfDay), p.Zone)));
        var (programme, end) = ends.MaxBy(e => e.End);
        await clock.Set(end, programme, cancellationToken);
        OutgoingEvent[] events = [.. leg.Events.Select(e => ToOutgoing(e.Of.Programme, e.Event))];
        for (var round = 0; round < (options.Twice ? 2 : 1); round++)
        {
            if (options.Shuffle) new Random(leg.First.DayNumber + round).Shuffle(events);
            await session.Sender.Send(events, HandleStartOf, cancellationToken);
        }
    }

    private DateTimeOffset HandleStartOf(OutgoingEvent sent) => _handleStarts.GetValueOrDefault(sent.Resident.Programme);

    private OutgoingEvent ToOutgoing(ProgrammeDocument programme, CityEvent cityEvent)
    {
        var resident = _people[(cityEvent.Programme, cityEvent.SubjectName)];
        var instant = LocalTime.At(cityEvent.Local, programme.Zone);
        return new OutgoingEvent(
            resident, resident.HandleFor(EventFamilies.Of(cityEvent.Type)), cityEvent.Type, cityEvent.Id, instant,
            LocalTime.DayOf(instant, programme.Zone), cityEvent.Data);
    }
}

using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.City;
using Scoring.City.People;

namespace Scoring.Bench.Enrolments;

/// <summary>Enrols subjects over HTTP, and counts them in the database.</summary>
public sealed class EnrolRun(int subjects, int parallel, IReadOnlyList<string> settings, TextWriter progress)
{
    /// <summary>Each enrolment is one row of each table, and two entries: the consent and the handle.</summary>
    private const string Enrolled = """
        SELECT least(
            (SELECT count(*) FROM ledger.enrolment), (SELECT count(*) FROM ledger.locator), (SELECT count(*) FROM ledger.handle),
            (SELECT count(*) FROM ledger.entry WHERE subject IS NOT NULL) / 2)
        """;

    /// <summary>Runs the bench. Reports the result before the platform stops.</summary>
    /// <exception cref="CityException">The database holds another number of enrolments.</exception>
    public async Task Run(Action<EnrolResult> report, CancellationToken cancellationToken)
    {
        await using var bench = await BenchPlatform.Start(settings, progress, cancellationToken);
        await bench.Client.Enrol(bench.Programme, BenchClient.WarmUps, cancellationToken);
        await bench.Analyze(cancellationToken);
        var signing = default(ProcessorUse);
        var loads = new List<LoadResult>();
        for (var done = 0; done < subjects; done += EnrolmentPlans.RequestsMax)
        {
            Resident[] joining =
                [.. bench.Client.Draw(bench.Programme, BenchClient.WarmUps + done, Math.Min(EnrolmentPlans.RequestsMax, subjects - done))];
            var before = bench.Time.Read();
            var plan = EnrolmentPlans.Enrol(bench.Session, bench.Programme, joining, parallel);
            signing += bench.Time.Read() - before;
            loads.Add(await bench.Send(plan, cancellationToken));
            progress.WriteLine($"{loads.Sum(load => load.Sent):N0} of {subjects:N0} sent");
        }
        var enrolled = await bench.Count(Enrolled, cancellationToken) - BenchClient.WarmUps;
        var all = LoadResult.Join(loads);
        report(new EnrolResult(
            "enrol", Environment.ProcessorCount, enrolled, parallel, all.PerSecond, all.MsP50, all.MsP99, all.Errors(201),
            all.Use.Per(enrolled), signing.Per(subjects).Platform)); // the bench signs in the platform's process
        if (enrolled != subjects - all.Errors(201))
            throw new CityException($"The database holds {enrolled:N0} enrolments of {subjects:N0}, {all.Errors(201):N0} failed.");
    }
}

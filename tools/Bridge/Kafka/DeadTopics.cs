using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Kafka;

/// <summary>
/// The topics of dead letters. Each expires, because it may name people who never enrolled: a topic that keeps its messages longer is
/// refused.
/// </summary>
internal static class DeadTopics
{
    private const string Retention = "retention.ms";
    private const string Cleanup = "cleanup.policy";
    private const string Segment = "segment.ms";
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    /// <summary>Returns the topic of dead letters of a topic.</summary>
    public static string Of(string topic) => topic + ".dead";

    /// <summary>Checks each topic of dead letters, and creates the missing ones.</summary>
    /// <exception cref="SettingsException">A topic keeps messages for too long.</exception>
    /// <exception cref="KafkaException">The cluster cannot be asked.</exception>
    public static async Task Ensure(IAdminClient admin, IEnumerable<string> topics, int daysMax)
    {
        foreach (var topic in topics.Select(Of))
        {
            try
            {
                var found = await admin.DescribeConfigsAsync(
                    [new ConfigResource { Type = ResourceType.Topic, Name = topic }],
                    new DescribeConfigsOptions { RequestTimeout = AnswerMax });
                var settings = found[0].Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Value);
                if (Problem(settings, daysMax) is { } problem) throw new SettingsException($"The topic {topic} {problem}");
            }
            catch (DescribeConfigsException exception)
                when (exception.Results.Any(result => result.Error.Code == ErrorCode.UnknownTopicOrPart))
            {
                await Create(admin, topic, daysMax);
            }
        }
    }

    /// <summary>What is wrong with a topic's settings; <see langword="null"/> when it expires in time.</summary>
    /// <param name="settings">The topic's settings.</param>
    /// <param name="daysMax">For how many days it may keep a message.</param>
    public static string? Problem(IReadOnlyDictionary<string, string> settings, int daysMax)
    {
        var asked = Milliseconds(daysMax);
        if (settings.GetValueOrDefault(Cleanup) is { } policy && policy != "delete")
            return $"is cleaned up by '{policy}', so its messages may stay for ever. Set {Cleanup}=delete.";
        var isNumber = long.TryParse(settings.GetValueOrDefault(Retention), CultureInfo.InvariantCulture, out var kept);
        return isNumber && kept >= 0 && kept <= asked
            ? null
            : $"keeps its messages for longer than {daysMax} days. Set {Retention}={asked}, or DeadLetters:Days higher.";
    }

    /// <summary>The settings of a new topic. A segment a day, because Kafka deletes whole segments.</summary>
    public static Dictionary<string, string> Settings(int daysMax) => new()
    {
        [Cleanup] = "delete",
        [Retention] = Milliseconds(daysMax).ToString(CultureInfo.InvariantCulture),
        [Segment] = Milliseconds(1).ToString(CultureInfo.InvariantCulture),
    };

    private static async Task Create(IAdminClient admin, string topic, int daysMax)
    {
        try
        {
            await admin.CreateTopicsAsync(
                [new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = -1, Configs = Settings(daysMax) }],
                new CreateTopicsOptions { RequestTimeout = AnswerMax });
        }
        catch (CreateTopicsException exception) when (exception.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // another bridge of the group was faster
        }
    }

    private static long Milliseconds(int days) => (long)TimeSpan.FromDays(days).TotalMilliseconds;
}

"""Broker in Erlang: a message put into a lasting queue and taken out."""
packages = 'rabbitmq-server,python3-pika'
patience = 60


def ask():
    import pika

    connection = pika.BlockingConnection(pika.ConnectionParameters('127.0.0.1', socket_timeout=10))
    channel = connection.channel()
    channel.queue_declare('q', durable=True)
    channel.basic_publish('', 'q', b'hello', pika.BasicProperties(delivery_mode=2))
    connection.sleep(0.2)
    assert channel.basic_get('q', auto_ack=True)[2] == b'hello'
    connection.close()
